import { existsSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  float32Of,
  type PiecewiseTensor,
  readSafetensors,
  type Tensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { PaperError } from 'reproducible-paper/stage';
import type { ParameterSpec } from '../model/parameters.ts';
import type { CurvePoint } from './run-curve.ts';
import { type StatePart, stateParts } from './training-graph.ts';

/** The trained parameters at the lowest held-out loss so far. */
export interface BestSoFar {
  readonly step: number;
  readonly heldOutLossNats: number;
  readonly values: readonly Float32Array[];
}

/** Everything but the graph's state that a training needs to go on to the same bits. */
export interface CheckpointedRun {
  readonly step: number;
  readonly curve: readonly CurvePoint[];
  readonly best: BestSoFar | undefined;
}

export interface Checkpoint {
  readonly run: CheckpointedRun;
  /** Part -> one array for each trained parameter. */
  readonly state: Readonly<Record<StatePart, readonly Float32Array[]>>;
}

const fileIn = (folder: string): string => join(folder, 'checkpoint.safetensors');

/**
 * Written aside and renamed: a checkpoint is whole or not there.
 *
 * @param read gives one part of the graph's state; called when that part is written, so that one alone is held
 */
export const writeCheckpoint = (
  folder: string,
  trained: readonly ParameterSpec[],
  { step, curve, best }: CheckpointedRun,
  read: (part: StatePart) => readonly Float32Array[],
): void => {
  const tensors: Record<string, Tensor | PiecewiseTensor> = {};
  let held: { readonly part: StatePart; readonly values: readonly Float32Array[] } | undefined;
  function* pieces(part: StatePart, index: number) {
    // Tensors are written by name, so that each part is read once.
    if (held?.part !== part) held = { part, values: read(part) };
    yield held.values[index]!;
  }
  trained.forEach(({ name, shape }, index) => {
    for (const part of stateParts)
      tensors[`${part}/${name}`] = { dtype: 'F32', shape, pieces: pieces(part, index) };
    if (best) tensors[`best/${name}`] = { dtype: 'F32', shape, data: best.values[index]! };
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
    const part = (prefix: string): readonly Float32Array[] =>
      trained.map(({ name }) => float32Of(file, `${prefix}/${name}`));
    const { step, curve = '[]', best } = file.metadata;
    return {
      run: {
        step: Number(step),
        curve: JSON.parse(curve),
        best: best ? { ...JSON.parse(best), values: part('best') } : undefined,
      },
      state: { value: part('value'), first: part('first'), second: part('second') },
    };
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    rmSync(path);
    return undefined;
  }
};
