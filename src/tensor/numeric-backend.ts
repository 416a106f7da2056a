import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nativeWheels } from '../../scripts/setup/native-wheel.mjs';
import type { BackendIdentity } from '../engine/keys/stage-key.ts';
import { nearestHint } from '../engine/stage/nearest-name.ts';
import { PaperError } from '../engine/stage/paper-error.ts';
import { type BackendName, backendNames, backendVariable } from './chosen-backend.ts';
import { type KernelSet, kernelsVariable } from './chosen-kernels.ts';

/**
 * What decides a numeric stage's bits on one machine class, without loading the library.
 *
 * @param platform this one unless given
 */
export const numericBackend = (platform = `${process.platform}-${process.arch}`): BackendIdentity => {
  const { version } = createRequire(import.meta.url)('@tensorflow/tfjs-node/package.json');
  const wheel = nativeWheels[platform];
  return {
    library: `tensorflow ${wheel?.version ?? 'of this system'} ${wheel?.sha256 ?? ''}`.trim(),
    binding: `tfjs-node ${version}`,
    precision: 'float32 training, float64 analyses',
  };
};

const knownInstructionSets = ['amx_tile', 'avx512f', 'avx2'] as const;

const instructionSets = (): readonly string[] => {
  const flags = process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  return knownInstructionSets.filter((name) => new RegExp(`\\b${name}\\b`).test(flags));
};

/** The faster kernels for a processor's instruction sets. */
export const kernelsFor = (available: readonly string[]): KernelSet =>
  available.includes('avx2') && !available.includes('avx512f') ? 'own' : 'library';

/** Where bits are equal: processor, instruction set, Node. Provenance, not part of a key. */
export const machineClass = (): Readonly<Record<string, unknown>> => ({
  processor: cpus()[0]?.model.trim() ?? 'unknown',
  instructionSets: instructionSets(),
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

/** What decides the bits of plain JavaScript. */
export const scriptBackend = (): BackendIdentity => {
  const folder = dirname(fileURLToPath(import.meta.resolve('ml-matrix')));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return { library: `ml-matrix ${version}`, binding: 'none', precision: 'float64 analyses' };
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
    [kernelsVariable]: kernels,
    ...(kernels === 'own' && { TF_ENABLE_ONEDNN_OPTS: '1' }),
    TF_NUM_INTRAOP_THREADS: String(threads),
    TF_NUM_INTEROP_THREADS: String(threads),
    TF_CPP_MIN_LOG_LEVEL: '2',
  };
};
