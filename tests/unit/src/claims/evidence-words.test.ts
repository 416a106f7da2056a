import { expect, test } from 'vitest';
import { evidenceWords } from '../../../../src/claims/evidence-words.ts';
import { normsTable, shownAs } from '../results/norms-table.ts';

const table = normsTable([
  { matrix: 'K_2', layer: 0, size: 1 },
  { matrix: 'K_2_T', layer: 0, size: 1 },
  { matrix: 'mean', layer: 1, size: 1 },
]);
const presentation = shownAs(table, {
  columns: {
    matrix: { words: { K_2: 'K₂', K_2_T: 'K₂ᵀ', mean: 'mean over heads' } },
    layer: {},
    size: { label: '$\\lVert W\\rVert$' },
  },
});
const data = {
  tables: { norms: { ...table, presentation, reported: null, key: 'k', stages: [] } },
};
const { inEvidence, inReading } = evidenceWords(data, ['norms', 'a-value-alone']);

test('rows, words and columns of evidence are printed as their tables print them', () => {
  expect(inEvidence('size of k-2-t-layer-0 has 1 against 2')).toBe(
    '$\\lVert W\\rVert$ of K₂ᵀ, layer 0 has 1 against 2',
  );
  expect(inEvidence('k-2, mean, has p = 0.1')).toBe('K₂, mean over heads, has p = 0.1');
});

test('a part of another id, and what no table has, stay as they are', () => {
  expect(inEvidence('resize-k-2 of k-2-t-x and sizes has 3')).toBe('resize-k-2 of k-2-t-x and sizes has 3');
  expect(evidenceWords({ tables: {} }, ['norms']).inEvidence('k-2')).toBe('k-2');
});

test('words of a language are ids only where evidence names what it is of', () => {
  expect(inEvidence('mean has p = 0.1, corrected over the mean of all')).toBe(
    'mean over heads has p = 0.1, corrected over the mean of all',
  );
  expect(inEvidence('p = 1, corrected over the mean of k-2')).toBe('p = 1, corrected over the mean of K₂');
});

test('readings keep words of a language, though a table has them as ids', () => {
  expect(inReading('the same under k-2-t alone, by the mean')).toBe('the same under K₂ᵀ alone, by the mean');
});
