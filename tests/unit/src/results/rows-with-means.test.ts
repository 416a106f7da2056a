import { expect, test } from 'vitest';
import { deriveValues } from '../../../../src/results/derive-values.ts';
import type { PaperData } from '../../../../src/results/paper-data.ts';
import type { Row, Table } from '../../../../src/results/result-schema.ts';
import { rowsWithMeans } from '../../../../src/results/rows-with-means.ts';
import { normsTable, shownAs } from './norms-table.ts';

const rowsOf = (...sizes: readonly number[]): readonly Row[] =>
  sizes.map((size, layer) => ({ matrix: 'Q', layer, size }));

const withMeans = (table: Table) => {
  const presentation = shownAs(table, { headline: 'mean' });
  const values = Object.fromEntries(deriveValues(table, presentation)) as PaperData['values'];
  return rowsWithMeans({ values }, { ...table, key: 'k', stages: [], reported: null, presentation });
};

test('beside the first replicate stands the mean over all, with half of its interval', () => {
  const { columns, rows } = withMeans(normsTable({ 1: rowsOf(1, 5), 2: rowsOf(3, 5), 3: rowsOf(5, 5) }));
  expect(columns).toEqual(['matrix', 'layer', 'size', 'size.seeds.mean', 'size.seeds.half-width']);
  expect(rows[0]).toMatchObject({ layer: 0, size: 1, 'size.seeds.mean': 3 });
  // Student's t with two degrees of freedom, a deviation of 2.
  expect(rows[0]!['size.seeds.half-width']).toBeCloseTo((4.30265273 * 2) / Math.sqrt(3), 6);
});

test('with one replicate there is nothing beside', () => {
  expect(withMeans(normsTable(rowsOf(1, 2)))).toEqual({
    columns: ['matrix', 'layer', 'size'],
    rows: rowsOf(1, 2),
  });
});
