import { writeFileSync } from 'node:fs';
import { PaperError } from '../../../src/engine/stage/index.ts';
import { summariseNull } from '../../../src/numerics/summarise-null.ts';
import {
  type Column,
  type Format,
  type ResultFile,
  resultFileSchema,
} from '../../../src/results/result-schema.ts';

/** Formats that recur; digits are those of the original where it prints the column. */
export const fixed = (digits: number): Format => ({ style: 'fixed', digits });
export const significant = (digits: number): Format => ({ style: 'significant', digits });
export const signed = (digits: number): Format => ({ style: 'signed', digits });
export const share = (digits: number): Format => ({ style: 'share', digits });
export const scientific = (digits: number): Format => ({ style: 'scientific', digits });
export const count: Format = { style: 'count' };

/** Figures without a unit are of unit `1`. */
export const numberColumn = (id: string, label: string, format: Format, unit = '1'): Column => ({
  id,
  label,
  unit,
  format,
});
/** @param words what is printed for ids among the column's words */
export const wordColumn = (id: string, label: string, words?: Readonly<Record<string, string>>): Column => ({
  id,
  label,
  unit: null,
  ...(words ? { words } : {}),
});
export const layerColumn: Column = { id: 'layer', label: 'layer', unit: null, format: count };

/** The columns that bound a column's null beside it. */
export const nullColumns = ({ id, label, unit, format }: Column): readonly Column[] => {
  const beside = (role: 'null-low' | 'null-high' | 'null-mean' | 'null-sd', words: string): Column => ({
    id: `${id}-${role}`,
    label: `${label}, ${words}`,
    unit,
    ...(format ? { format } : {}),
    beside: { column: id, role },
  });
  return [
    beside('null-low', 'null, lower bound'),
    beside('null-high', 'null, upper bound'),
    beside('null-mean', 'null, mean'),
    beside('null-sd', 'null, standard deviation'),
  ];
};

/** The figures of those columns, from the null's draws. */
export const nullFigures = (id: string, draws: readonly number[]): Readonly<Record<string, number>> => {
  const { low, high, mean, sd } = summariseNull(draws);
  return {
    [`${id}-null-low`]: low,
    [`${id}-null-high`]: high,
    [`${id}-null-mean`]: mean,
    [`${id}-null-sd`]: sd,
  };
};

/**
 * Writes results after checking them: a number that is not finite never leaves a stage.
 *
 * @throws ResultNotFinite naming table, row and column
 */
export const writeResults = (path: string, { results }: ResultFile): void => {
  for (const result of results) {
    const rows = result.kind === 'value' ? [{ value: result.value }] : result.rows;
    for (const [index, row] of rows.entries()) {
      for (const [column, cell] of Object.entries(row)) {
        if (typeof cell !== 'number' || Number.isFinite(cell)) continue;
        throw new PaperError(
          'ResultNotFinite',
          `'${result.id}' has no finite number in column '${column}' of row ${index}.`,
          {
            details: [`received ${cell}`],
            hint: 'look at the matrices that this row is computed from: one of them is degenerate.',
          },
        );
      }
    }
  }
  writeFileSync(path, JSON.stringify(resultFileSchema.parse({ results })));
};
