/** Where a module says what is wrong with the figure that it exports. */
import { expect, test } from 'vitest';
import { namedField, placeOf } from '../../../../src/figures/figure-source.ts';

const text = [
  '/** How the norm grows. */',
  "import { lines } from 'reproducible-paper/figures';",
  '',
  'export default lines({',
  "  data: 'norms.mean',",
  "  series: { norm: { label: 'the norm', style: 1 }, 'q-norm': { label: 'Q', style: 2 } },",
  '  interval: true,',
  '});',
].join('\n');

const placeIn = (word?: string): string => {
  const { file, line, column } = placeOf(
    { id: 'norms', file: 'content/other/figures/norms.ts', text, spec: {} },
    ['layer', 0, 'encoding', 'y', 'field'],
    word,
  );
  return [file, line, column].join(':').replace('content/other/figures/', '');
};

test.each([
  ['a key, and not the word in a comment before it', 'norm', 'norms.ts:6:13'],
  ['a text', 'q-norm', 'norms.ts:6:53'],
  ['a field that a builder derives from a column', 'norm-low', 'norms.ts:6:13'],
  ['one that it derives from a column in quotation marks', 'q-norm-high', 'norms.ts:6:53'],
  ['what the module does not say itself', 'k-norm-low', 'norms.ts:4:1'],
  ['no word', undefined, 'norms.ts:4:1'],
])('%s has a line and a column', (_, word, place) => {
  expect(placeIn(word)).toBe(place);
});

test('a field that a builder derives is named as the module names its column', () => {
  const source = { id: 'norms', file: 'content/other/figures/norms.ts', text, spec: {} };
  expect(['norm-low', 'q-norm', 'norm'].map((field) => namedField(source, field))).toEqual([
    'norm',
    'q-norm',
    'norm',
  ]);
});
