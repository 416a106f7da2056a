import { expect, test } from 'vitest';
import { requireShowable, type View } from '../../../../src/explore/view.ts';
import { errorText } from '../../../error-text.ts';

const map = (values: readonly number[], isCausal = false): View => ({
  kind: 'map',
  title: 'A map',
  rows: 2,
  cols: 2,
  values: Float64Array.from(values),
  axes: ['row', 'column'],
  scale: 'signed',
  isCausal,
});

test('a map, bars, lines and figures of finite numbers are shown as they are', () => {
  const views: readonly View[] = [
    map([1, 2, 3, 4]),
    { kind: 'words', title: 'W', text: 'NaN' },
    { kind: 'bars', title: 'B', bars: [{ label: 'a', value: 1 }] },
  ];
  expect(requireShowable(views)).toBe(views);
});

test.each<[string, View]>([
  ['A map', map([1, 2, Number.NaN, 4])],
  ['B', { kind: 'bars', title: 'B', bars: [{ label: 'a', value: Number.NaN }] }],
  [
    'L',
    {
      kind: 'lines',
      title: 'L',
      axes: ['x', 'y'],
      lines: [{ label: 'a', values: Float64Array.of(1, Number.NaN) }],
    },
  ],
  ['F', { kind: 'figures', title: 'F', figures: [{ label: 'a', value: Number.NaN }] }],
])('%s that holds no number is refused by name', (title, view) => {
  expect(errorText(() => requireShowable([view]))).toBe(
    [
      `NotFinite: '${title}' holds an entry that is not a finite number.`,
      '  expected finite numbers; received NaN',
      '  hint: the file that it was computed from is damaged, or of a run that diverged.',
    ].join('\n'),
  );
});

test('what lies above a causal diagonal is none, and may be anything', () => {
  expect(requireShowable([map([1, Number.NaN, 3, 4], true)])).toHaveLength(1);
});

test('a map that its numbers do not fill is refused by name', () => {
  expect(errorText(() => requireShowable([map([1, 2, 3])]))).toBe(
    [
      "ShapeMismatch: 'A map' does not fill its rows and columns.",
      '  expected 2 x 2 numbers; received 3',
      '  hint: this is a fault of the exploration.',
    ].join('\n'),
  );
});
