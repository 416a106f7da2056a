import { writeFileSync } from 'node:fs';
import { PaperError } from '../engine/stage/index.ts';
import { contentFault } from './content-fault.ts';
import type { Cell, ResultInput, Row } from './result-schema.ts';
import { keyColumns, rowKey } from './row-key.ts';

/** The first number of a cell that is not finite, and what follows the column's name for it: `-null-low`, `-init`. */
const badNumber = (cell: Cell): { readonly number: unknown; readonly suffix: string } | undefined => {
  const parts =
    typeof cell === 'object' && cell !== null
      ? {
          '': cell.value,
          ...Object.fromEntries(
            Object.entries(cell.null ?? {}).map(([name, x]) => [name === 'p' ? '-p' : `-null-${name}`, x]),
          ),
          ...Object.fromEntries(Object.entries(cell.beside ?? {}).map(([name, x]) => [`-${name}`, x])),
        }
      : { '': cell };
  const bad = Object.entries(parts).find(([, x]) => typeof x === 'number' && !Number.isFinite(x));
  return bad && { number: bad[1], suffix: bad[0] };
};

/** @param what for a reader: `table 'x'` */
const notFinite = (what: string, number: unknown, seed: number | null, place: string): PaperError =>
  new PaperError(
    'ResultNotFinite',
    `${what} has ${number}${place}${seed === null ? '' : `, for seed ${seed}`}.`,
    {
      details: [`expected a finite number, or null where a quantity is not defined; received ${number}`],
      hint: 'mend what computes it: a division by zero, the logarithm of zero and the mean of nothing give no number.',
    },
  );

const requireFinite = (
  result: Extract<ResultInput, { readonly kind: 'table' | 'series' }>,
  rows: readonly Row[],
  seed: number | null,
): void => {
  for (const [index, row] of rows.entries()) {
    for (const [column, cell] of Object.entries(row)) {
      const bad = badNumber(cell);
      if (!bad) continue;
      // What names a row may be what is no number; a point of a series has no name.
      const isNamed = result.kind === 'table' && !keyColumns(result).includes(column);
      const named = isNamed ? `row '${rowKey(result, row)}'` : `row ${index}`;
      throw notFinite(
        `${result.kind} '${result.id}'`,
        bad.number,
        seed,
        ` in column '${column}${bad.suffix}' of ${named}`,
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
      for (const { seed, value } of all) {
        const bad = badNumber(value);
        if (bad) throw notFinite(`value '${result.id}'`, bad.number, seed, '');
      }
    } else {
      if (result.rows) requireFinite(result, result.rows, null);
      for (const { seed, rows } of result.replicates ?? []) requireFinite(result, rows, seed);
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
