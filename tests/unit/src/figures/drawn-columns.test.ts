import { expect, test } from 'vitest';
import { drawnColumns } from '../../../../src/figures/drawn-columns.ts';
import { after } from './tiny-figure.ts';

test('columns that are drawn, folded or calculated from are told in the order of the dataset; others are not', () => {
  const spec = after(
    { fold: ['uniform'] },
    { calculate: "datum['q-norm'] / 2", as: 'half' },
    { filter: 'datum.layer > 1' },
  );
  const columns = ['layer', 'band', 'note', 'q-norm', 'energy', 'uniform', 'half-life'];
  expect(drawnColumns(spec, columns)).toEqual(['layer', 'band', 'q-norm', 'energy', 'uniform']);
});
