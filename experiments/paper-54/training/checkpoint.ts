import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../../../src/engine/paper-error.ts';
import type { ParameterState } from '../../../src/tensor/adam-w.ts';
import { readSafetensors, type Tensor, tensorOf, writeSafetensors } from '../../../src/tensor/safetensors.ts';
import type { ParameterSpec } from '../model/parameters.ts';

/** One point of a loss curve. */
export interface CurvePoint {
  readonly step: number;
  /** Of that step's batch, before the step. */
  readonly trainLossNats: number;
  /** On the fixed stretch of held-out text, after the step; only at some steps. */
  readonly heldOutLossNats?: number;
  readonly learningRate: number;
  readonly gradientNorm: number;
}

/** Everything that a training needs to go on to the same bits. */
export interface Checkpoint {
  readonly step: number;
  readonly parameters: readonly ParameterState[];
  readonly curve: readonly CurvePoint[];
}

const parts = ['value', 'first', 'second'] as const;
const fileIn = (folder: string): string => join(folder, 'checkpoint.safetensors');

/** Written aside and renamed: a checkpoint is whole or not there. */
export const writeCheckpoint = (
  folder: string,
  trained: readonly ParameterSpec[],
  checkpoint: Checkpoint,
): void => {
  const tensors: Record<string, Tensor> = {};
  trained.forEach(({ name, shape }, index) => {
    for (const part of parts) {
      tensors[`${part}/${name}`] = { dtype: 'F32', shape, data: checkpoint.parameters[index]![part] };
    }
  });
  const aside = `${fileIn(folder)}.new`;
  writeSafetensors(aside, tensors, {
    step: String(checkpoint.step),
    curve: JSON.stringify(checkpoint.curve),
  });
  renameSync(aside, fileIn(folder));
};

/** The last checkpoint, or undefined when there is none; a damaged one is as good as none. */
export const readCheckpoint = (folder: string, trained: readonly ParameterSpec[]): Checkpoint | undefined => {
  const path = fileIn(folder);
  if (!existsSync(path)) return undefined;
  try {
    const file = readSafetensors(path);
    const part = (name: string): Float32Array => Float32Array.from(tensorOf(file, name).data);
    return {
      step: Number(file.metadata['step']),
      curve: JSON.parse(file.metadata['curve'] ?? '[]'),
      parameters: trained.map(({ name }) => ({
        value: part(`value/${name}`),
        first: part(`first/${name}`),
        second: part(`second/${name}`),
      })),
    };
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    rmSync(path);
    return undefined;
  }
};
