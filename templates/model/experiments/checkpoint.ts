/** What a training that was stopped goes on from, to the same bits. */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { readSafetensors, tensorOf, writeSafetensors } from 'reproducible-paper/numerics/safetensors';
import { asTensors, type Parameters, parameterShapes, type Shape } from './bigram-model.ts';

/** Where a training stands. */
export interface TrainingState {
  readonly step: number;
  readonly parameters: Parameters;
  /** Held-out loss in nats, every so many steps. */
  readonly curve: readonly { readonly step: number; readonly loss: number }[];
}

const fileIn = (folder: string): string => join(folder, 'checkpoint.safetensors');

/** Written aside and renamed: a checkpoint is whole or not there. */
export const writeCheckpoint = (
  folder: string,
  shape: Shape,
  { step, parameters, curve }: TrainingState,
): void => {
  const aside = `${fileIn(folder)}.new`;
  writeSafetensors(aside, asTensors(shape, parameters), { step: String(step), curve: JSON.stringify(curve) });
  renameSync(aside, fileIn(folder));
};

/** The last one; undefined where there is none. */
export const readCheckpoint = (folder: string, shape: Shape): TrainingState | undefined => {
  if (!existsSync(fileIn(folder))) return undefined;
  const file = readSafetensors(fileIn(folder));
  const { step, curve = '[]' } = file.metadata;
  return {
    step: Number(step),
    curve: JSON.parse(curve),
    parameters: Object.fromEntries(
      Object.keys(parameterShapes(shape)).map((name) => [name, Float32Array.from(tensorOf(file, name).data)]),
    ),
  };
};
