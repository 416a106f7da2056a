import { expect, test } from 'vitest';
import { requireWords } from '../../../../src/site/figure-words.ts';
import { errorText } from '../../../error-text.ts';

const figure = (spec: Readonly<Record<string, unknown>>) => ({
  id: 'sizes',
  file: 'content/tiny/figures/sizes.json',
  text: JSON.stringify(spec, null, 1),
  spec,
});
const plain = { data: { name: 'b42' }, mark: 'point', encoding: { x: { field: 'k2' } } };
const told = (spec: Readonly<Record<string, unknown>>, allowed: readonly string[] = []): string =>
  errorText(() => requireWords(figure({ ...plain, ...spec }), allowed));

test('a number in the words of a figure is refused with its place', () => {
  expect(told({ title: 'Sizes above 42' })).toBe(
    [
      "TypedDigit: '42' is in the words of figure 'sizes'; a number on the page is computed or quoted.",
      '  content/tiny/figures/sizes.json:11:11',
      '  hint: let a stage compute it and draw its field by a text mark, or add the name that holds it to `allow` in the frontmatter.',
    ].join('\n'),
  );
});

test('what is no expression prints nothing here: drawing tells of it', () => {
  expect(told({ transform: [{ calculate: 'datum.k2 * (', as: 'z' }] })).toBe('nothing was thrown');
});

test.each<readonly [string, Readonly<Record<string, unknown>>]>([
  ['a line of several', { title: { text: ['Sizes', 'above 42'] } }],
  ['a line below it', { title: { text: 'Sizes', subtitle: 'above 42' } }],
  ['an axis', { encoding: { x: { field: 'k2', axis: { title: 'above 42' } } } }],
  ['a mark', { layer: [{ mark: { type: 'text', text: '42' } }] }],
  ['a channel', { encoding: { text: { value: '42' } } }],
  ['what is read aloud', { description: 'above 42' }],
  ['a name at the end of a line', { usermeta: { directLabels: { field: 'k2', names: { a: 'size 42' } } } }],
  ['a name of a stroke', { usermeta: { directLabels: { strokes: { '#000000': 'size 42' } } } }],
  ['a computed text', { transform: [{ calculate: "datum.k2 > 1 ? 'above 42' : 'below'", as: 'word' }] }],
  [
    'a label that is computed',
    { encoding: { x: { field: 'k2', axis: { labelExpr: "datum.label + ' of 42'" } } } },
  ],
  [
    'a label that replaces another',
    { encoding: { x: { axis: { labelExpr: "replace(datum.label, 'x', '42')" } } } },
  ],
  ['a digit as a text', { transform: [{ calculate: "'42'", as: 'word' }] }],
  ['a text under a condition', { encoding: { text: { condition: { test: 'datum.k2', value: '42' } } } }],
  ['an expression in a text', { layer: [{ mark: { type: 'text', text: { expr: '42' } } }] }],
])('so is one of %s', (_, spec) => {
  expect(told(spec)).toMatch(/^TypedDigit: '42' is in the words of figure 'sizes'/);
});

test('names of data, formats, numbers that place things and names that a paper allows are none', () => {
  const spec = {
    title: 'Energy of the top-8',
    width: 42,
    usermeta: { directLabels: { field: 'k2', names: { 'seed-42': 'a top-8', 3: 'layer 3' } } },
    transform: [
      { calculate: 'datum.k2 * 2', as: 'title' },
      { calculate: "datum['b42'] === 'seed-42' ? format(datum.k2, '.2f') : 42", as: 'word' },
      { filter: "datum.k2 !== 'seed-42'" },
    ],
    encoding: { x: { field: 'k2', axis: { title: null, format: '.2f' } }, text: { field: 'k2' } },
    mark: { type: 'point', size: { expr: 'datum.k2 > 1 ? 42 : 30' } },
  };
  expect(told(spec, ['top-8'])).toBe('nothing was thrown');
});
