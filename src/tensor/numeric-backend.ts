import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { mallocSettings } from '../../scripts/malloc-settings.mjs';
import { addonIdentity, addonPath, addonStamp, addonStampText } from '../../scripts/setup/addon-identity.mjs';
import { nativePlatforms } from '../../scripts/setup/native-platforms.mjs';
import type { Platform } from '../engine/index.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type BackendName, backendNames, backendVariable } from './chosen-backend.ts';
import { type KernelWork, kernelsEnvironment, ownKernelsFor } from './chosen-kernels.ts';
import { processorHere } from './processor.ts';

/** The name by which code reaches the addon: see native-binding.ts. */
const addonName = '@tensorflow/tfjs-node/lib/napi-v8/tfjs_binding.node';

/** Published runs are made with this one, and their keys name it everywhere. */
export const referencePlatform = 'linux-x64';

/** The version of Node that is installed for a platform. */
const lockedNode = (platform: string): string => {
  const about = new URL('../../package.json', import.meta.url);
  const { optionalDependencies } = JSON.parse(readFileSync(about, 'utf8'));
  return optionalDependencies[`node-${platform}`];
};

const ownKernelsHere = (): readonly KernelWork[] =>
  ownKernelsFor(process.arch, processorHere().instructionSets);

/**
 * What computes natively, as keys name it, without loading the library.
 *
 * @param root the project's folder
 * @param platform this one unless given: its keys name the kernels that are chosen for this processor. Those of any
 *   other hold for all of its processors; which one made a published run, its machine class says.
 */
export const nativePlatform = (root: string, platform?: string): Platform => ({
  backend: {
    choice: 'native',
    precision: 'float32 training, float64 analyses',
    ...(platform === undefined && { ownKernels: ownKernelsHere().join(' ') }),
  },
  node: platform === undefined ? process.versions.node : lockedNode(platform),
  compiled: { [addonName]: addonIdentity(root, platform) },
});

/**
 * @throws BackendNotOfToday when the addon was not compiled from the sources that stand here, or was changed since
 */
export const requireAddonOfToday = (root: string): void => {
  const stamp = existsSync(addonStamp(root)) ? readFileSync(addonStamp(root), 'utf8') : '';
  if (!existsSync(addonPath(root)) || stamp.startsWith(addonStampText(root))) return;
  throw new PaperError(
    'BackendNotOfToday',
    'the TensorFlow addon is not the one that its sources and its stamp name.',
    {
      details: [`expected ${addonStampText(root)}`, `received ${stamp || 'no stamp'}`],
      hint: 'run `node scripts/setup.mjs`, which compiles it anew.',
    },
  );
};

/** The native libraries and their versions. */
const libraryVersions = (): string => {
  const native = nativePlatforms[`${process.platform}-${process.arch}`];
  if (!native) return 'none';
  const { tensorflow, openblas } = native;
  return [tensorflow, openblas].map(({ name, version }) => `${name} ${version}`).join(', ');
};

/**
 * Where bits are equal: the processor down to its stepping, since libraries choose kernels by it, the instruction sets,
 * the work that our own kernels do, the libraries, Node. A stage's threads belong to it besides. Provenance, not part of a
 * key.
 */
export const machineClass = (): Readonly<Record<string, unknown>> => ({
  ...processorHere(),
  ownKernels: ownKernelsHere(),
  library: libraryVersions(),
  platform: `${process.platform}-${process.arch}`,
  node: process.version,
});

/** @throws UnknownBackend */
export const backendNamed = (name = 'native'): BackendName => {
  const known = backendNames.find((candidate) => candidate === name);
  if (known) return known;
  throw new PaperError('UnknownBackend', `there is no backend '${name}'.`, {
    details: [`expected one of ${backendNames.join(', ')}`],
    hint: nearestHint(name, backendNames),
  });
};

/** What computes in plain JavaScript: its code is bundled, and so in the key itself. */
export const scriptPlatform = (): Platform => ({
  backend: { choice: 'js', precision: 'float64 analyses' },
  node: process.versions.node,
  compiled: { [addonName]: 'none' },
});

/** The libraries that compute, for people: in provenance and on the page. */
export const libraryName = (root: string, backend: BackendName): string => {
  if (backend === 'native') return libraryVersions();
  const about = join(root, 'node_modules', 'ml-matrix', 'package.json');
  return `ml-matrix ${JSON.parse(readFileSync(about, 'utf8')).version}`;
};

/**
 * Environment of a stage's process in plain JavaScript: the choice, by which it loads the right library, and no
 * native library can be loaded, not even where one is installed.
 */
export const scriptEnvironment = (): Readonly<Record<string, string>> => ({
  [backendVariable]: 'js',
  NODE_OPTIONS: '--no-addons',
});

/** The libraries' own settings, which they read as they start, and the choice of kernels. */
export const backendEnvironment = (threads: number): Readonly<Record<string, string>> => ({
  ...mallocSettings,
  ...kernelsEnvironment(ownKernelsHere()),
  TF_NUM_INTRAOP_THREADS: String(threads),
  TF_NUM_INTEROP_THREADS: String(threads),
  TF_CPP_MIN_LOG_LEVEL: '2',
  // Threads that OpenBLAS starts as it is loaded wait awake for a tenth of a second, and none of them is used.
  OPENBLAS_NUM_THREADS: '1',
});
