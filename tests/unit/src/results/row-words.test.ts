import { expect, test } from 'vitest';
import { rowWords } from '../../../../src/results/row-words.ts';
import { normsTable, shownAs } from './norms-table.ts';

const row = { matrix: 'K_2', layer: 0, size: 1 };
const { columns } = shownAs(normsTable([row]), {
  columns: { matrix: { words: { K_2: 'K₂' } }, layer: { label: '$\\ell$' }, size: {} },
});

test('a row is called by what its table prints, a number with its label', () => {
  expect(rowWords(['matrix', 'layer'], columns, row)).toBe('K₂, $\\ell$ 0');
  expect(rowWords(['matrix'], columns, { ...row, matrix: 'other' })).toBe('other');
  expect(rowWords(['matrix'], columns, { ...row, matrix: '2' })).toBe('matrix 2');
});
