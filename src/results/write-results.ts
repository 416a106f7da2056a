import { writeFileSync } from 'node:fs';
import { PaperError } from '../engine/stage/index.ts';
import { contentFault } from './content-fault.ts';
import type { Cell, ResultInput, Row } from './result-schema.ts';

const isBad = (x: unknown): boolean => typeof x === 'number' && !Number.isFinite(x);

/** The first number of a cell that is not finite, as a member of an object so that NaN is told from nothing. */
const badNumber = (cell: Cell): { readonly number: unknown } | undefined => {
  if (typeof cell !== 'object' || cell === null) return isBad(cell) ? { number: cell } : undefined;
  const all = [cell.value, ...Object.values(cell.null ?? {}), ...Object.values(cell.beside ?? {})];
  const at = all.findIndex(isBad);
  return at < 0 ? undefined : { number: all[at] };
};

const requireFinite = (id: string, rows: readonly Row[], seed: number | null): void => {
  for (const [index, row] of rows.entries()) {
    for (const [column, cell] of Object.entries(row)) {
      const bad = badNumber(cell);
      if (!bad) continue;
      const of = seed === null ? '' : `, seed ${seed}`;
      throw new PaperError(
        'ResultNotFinite',
        `'${id}' has no finite number in column '${column}' of row ${index}${of}.`,
        {
          details: [`received ${bad.number}`],
          hint: 'look at the matrices that this row is computed from: one of them is degenerate.',
        },
      );
    }
  }
};

/**
 * Writes a stage's results after checking them: a number that is not finite never leaves a stage.
 *
 * @param path the stage's output `result`
 * @throws ResultNotFinite naming table, row and column; BadResult for what the page would refuse
 */
export const writeResults = (path: string, results: readonly ResultInput[]): void => {
  for (const result of results) {
    if (result.kind === 'value') {
      const all = result.replicates ?? [{ seed: null, value: result.value ?? null }];
      for (const { seed, value } of all) requireFinite(result.id, [{ value }], seed);
    } else {
      if (result.rows) requireFinite(result.id, result.rows, null);
      for (const { seed, rows } of result.replicates ?? []) requireFinite(result.id, rows, seed);
    }
    const fault = contentFault(result);
    if (!fault) continue;
    throw new PaperError('BadResult', `${fault.message}.`, {
      details: fault.details,
      hint: `look at the stage that writes ${result.kind} '${result.id}': each row has a name of its own and every cell that the columns name.`,
    });
  }
  writeFileSync(path, JSON.stringify({ results }));
};
