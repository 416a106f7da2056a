/** What one analysis wrote for every seed, as one list of results with a replicate a seed. */
import { PaperError } from '../engine/stage/index.ts';
import type { Result, Row, Table } from './result-schema.ts';
import { rowKey } from './row-key.ts';

interface SeedFile {
  readonly seed: number | null;
  readonly results: readonly Result[];
}

const disagree = (message: string, ...details: readonly string[]): PaperError =>
  new PaperError('SeedsDisagree', message, {
    details,
    hint: 'an analysis gives the same results, rows and columns for every run of one shape: see its stage.',
  });

const shapeOf = (result: Result): string =>
  result.kind === 'value' ? String(result.unit) : result.columns.map(({ id }) => id).join(', ');

const rowsOf = (table: Table): string =>
  table.replicates[0]!.rows.map((row: Row) => rowKey(table, row)).join(', ');

const requireAlike = (first: Result, other: Result, seed: number | null): void => {
  const name = `${first.kind} '${first.id}'`;
  if (shapeOf(first) !== shapeOf(other)) {
    throw disagree(
      `${name} is another one for seed ${seed}.`,
      `expected ${shapeOf(first)}; received ${shapeOf(other)}`,
    );
  }
  if (first.kind === 'table' && other.kind === 'table' && rowsOf(first) !== rowsOf(other)) {
    throw disagree(
      `${name} has other rows for seed ${seed}.`,
      `expected ${rowsOf(first)}; received ${rowsOf(other)}`,
    );
  }
};

/** @throws SeedsDisagree */
const ofSeed = (first: Result, { seed, results }: SeedFile): Result => {
  const found = results.find(({ id, kind }) => id === first.id && kind === first.kind);
  if (!found)
    throw disagree(`seed ${seed} has no ${first.kind} '${first.id}'.`, 'expected it as for the first seed');
  if (found.replicates.length > 1 || found.replicates[0]!.seed !== null) {
    throw disagree(
      `${first.kind} '${first.id}' has replicates of its own for seed ${seed}.`,
      'expected rows alone: its stage is repeated a seed at a time already',
    );
  }
  requireAlike(first, found, seed);
  return found;
};

/**
 * @param stage that is repeated, for errors
 * @param files one a seed, the first one leading
 * @throws SeedsDisagree when results, rows or columns differ between them
 */
export const mergeReplicates = (stage: string, files: readonly SeedFile[]): readonly Result[] => {
  const [leading] = files;
  for (const { seed, results } of files) {
    const extra = results.find(({ id }) => !leading!.results.some((first) => first.id === id));
    if (extra) throw disagree(`of '${stage}' only seed ${seed} has a ${extra.kind} '${extra.id}'.`);
  }
  return leading!.results.map((first): Result => {
    const replicates = files.map((file) => ({ ...ofSeed(first, file).replicates[0]!, seed: file.seed }));
    return { ...first, replicates } as Result;
  });
};
