import { readFileSync } from 'node:fs';
import { cpus } from 'node:os';

/** Those by which TensorFlow, oneDNN, OpenBLAS or our own code choose kernels. */
const knownInstructionSets = ['amx_tile', 'avx512_bf16', 'avx512f', 'avx2'] as const;

/** Fields of /proc/cpuinfo that name a processor's microarchitecture; the text is of the first core. */
const fields = {
  vendor: 'vendor_id',
  family: 'cpu family',
  model: 'model',
  stepping: 'stepping',
  implementer: 'CPU implementer',
  part: 'CPU part',
} as const;

export interface Processor {
  /** As it calls itself. */
  readonly processor: string;
  readonly instructionSets: readonly string[];
  /** What of `fields` the system tells. */
  readonly [field: string]: string | readonly string[];
}

/**
 * This machine's processor, as far as libraries choose kernels by it. OpenBLAS's core is implied: it goes by vendor,
 * family, model and instruction sets, and what could overrule these, OPENBLAS_CORETYPE, reaches no stage.
 */
export const processorHere = (): Processor => {
  const text = process.platform === 'linux' ? readFileSync('/proc/cpuinfo', 'utf8') : '';
  return {
    processor: cpus()[0]?.model.trim() ?? 'unknown',
    ...Object.fromEntries(
      Object.entries(fields).flatMap(([name, field]) => {
        const found = new RegExp(`^${field}\\s*:\\s*(.*)$`, 'm').exec(text)?.[1];
        return found === undefined ? [] : [[name, found.trim()]];
      }),
    ),
    instructionSets: knownInstructionSets.filter((name) => new RegExp(`\\b${name}\\b`).test(text)),
  };
};
