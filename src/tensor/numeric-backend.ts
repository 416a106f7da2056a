import { existsSync, readFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { mallocSettings } from '../../scripts/malloc-settings.mjs';
import { addonIdentity, addonPath, addonStamp, addonStampText } from '../../scripts/setup/addon-identity.mjs';
import { nativeWheels } from '../../scripts/setup/native-wheel.mjs';
import type { Platform } from '../engine/index.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type BackendName, backendNames, backendVariable } from './chosen-backend.ts';
import { type KernelSet, kernelsVariable } from './chosen-kernels.ts';

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

/**
 * What computes natively, as keys name it, without loading the library.
 *
 * @param root the project's folder
 * @param platform this one unless given
 */
export const nativePlatform = (root: string, platform?: string): Platform => ({
  backend: { choice: 'native', precision: 'float32 training, float64 analyses' },
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

const knownInstructionSets = ['amx_tile', 'avx512f', 'avx2'] as const;

const instructionSets = (): readonly string[] => {
  const flags = process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  return knownInstructionSets.filter((name) => new RegExp(`\\b${name}\\b`).test(flags));
};

/** The faster kernels for a processor's instruction sets. */
export const kernelsFor = (available: readonly string[]): KernelSet =>
  available.includes('avx2') && !available.includes('avx512f') ? 'own' : 'library';

/** Fields of /proc/cpuinfo that name a processor's microarchitecture; the text is of the first core. */
const processorFields = {
  vendor: 'vendor_id',
  family: 'cpu family',
  model: 'model',
  stepping: 'stepping',
  implementer: 'CPU implementer',
  part: 'CPU part',
} as const;

const processorOf = (text: string): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(processorFields).flatMap(([name, field]) => {
      const found = new RegExp(`^${field}\\s*:\\s*(.*)$`, 'm').exec(text)?.[1];
      return found === undefined ? [] : [[name, found.trim()]];
    }),
  );

/**
 * Where bits are equal: the processor down to its stepping, since libraries choose kernels by it, the instruction sets,
 * the kernels and the library that were chosen, Node. A stage's threads belong to it besides. Provenance, not part of a
 * key.
 */
export const machineClass = (): Readonly<Record<string, unknown>> => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  ...processorOf(process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : ''),
  instructionSets: instructionSets(),
  kernels: kernelsFor(instructionSets()),
  library: nativeWheels[`${process.platform}-${process.arch}`]?.version ?? 'none',
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

/** The library that computes, for people: in provenance and on the page. */
export const libraryName = (root: string, backend: BackendName): string => {
  if (backend === 'native')
    return `tensorflow ${nativeWheels[`${process.platform}-${process.arch}`]?.version}`;
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

/**
 * TensorFlow's own settings, which it reads as it starts, and the choice of kernels. Where TensorFlow finds AVX-512 it
 * takes oneDNN's kernels by itself; with AVX2 alone it does not, and a training step is faster with them there too.
 */
export const backendEnvironment = (threads: number): Readonly<Record<string, string>> => {
  const kernels = kernelsFor(instructionSets());
  return {
    ...mallocSettings,
    [kernelsVariable]: kernels,
    ...(kernels === 'own' && { TF_ENABLE_ONEDNN_OPTS: '1' }),
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: '2',
  };
};
