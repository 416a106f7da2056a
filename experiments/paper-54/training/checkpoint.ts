import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../../../src/engine/paper-error.ts';
import { readSafetensors, type Tensor, tensorOf, writeSafetensors } from '../../../src/tensor/safetensors.ts';
import type { ParameterSpec } from '../model/parameters.ts';
import type { CurvePoint } from './run-curve.ts';
import type { ParameterState } from './training-graph.ts';

/** The trained parameters at the lowest held-out loss so far. */
export interface BestSoFar {
  readonly step: number;
  readonly heldOutLossNats: number;
  readonly values: readonly Float32Array[];
}

/** Everything that a training needs to go on to the same bits. */
export interface Checkpoint {
  readonly step: number;
  readonly parameters: readonly ParameterState[];
  readonly curve: readonly CurvePoint[];
  readonly best: BestSoFar | undefined;
}

const parts = ['value', 'first', 'second'] as const;
const fileIn = (folder: string): string => join(folder, 'checkpoint.safetensors');

/** Written aside and renamed: a checkpoint is whole or not there. */
export const writeCheckpoint = (
  folder: string,
  trained: readonly ParameterSpec[],
  { step, parameters, curve, best }: Checkpoint,
): void => {
  const tensors: Record<string, Tensor> = {};
  trained.forEach(({ name, shape }, index) => {
    const put = (part: string, data: Float32Array): void => {
      tensors[`${part}/${name}`] = { dtype: 'F32', shape, data };
    };
    for (const part of parts) put(part, parameters[index]![part]);
    if (best) put('best', best.values[index]!);
  });
  const aside = `${fileIn(folder)}.new`;
  const { values: _, ...bestPoint } = best ?? { values: [] };
  writeSafetensors(aside, tensors, {
    step: String(step),
    curve: JSON.stringify(curve),
    ...(best ? { best: JSON.stringify(bestPoint) } : {}),
  });
  renameSync(aside, fileIn(folder));
};

/** The last checkpoint, or undefined when there is none; a damaged one is as good as none. */
export const readCheckpoint = (folder: string, trained: readonly ParameterSpec[]): Checkpoint | undefined => {
  const path = fileIn(folder);
  if (!existsSync(path)) return undefined;
  try {
    const file = readSafetensors(path);
    const part = (prefix: string, { name }: ParameterSpec): Float32Array =>
      Float32Array.from(tensorOf(file, `${prefix}/${name}`).data);
    const { step, curve = '[]', best } = file.metadata;
    return {
      step: Number(step),
      curve: JSON.parse(curve),
      parameters: trained.map((spec) => ({
        value: part('value', spec),
        first: part('first', spec),
        second: part('second', spec),
      })),
      best: best ? { ...JSON.parse(best), values: trained.map((spec) => part('best', spec)) } : undefined,
    };
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    rmSync(path);
    return undefined;
  }
};
