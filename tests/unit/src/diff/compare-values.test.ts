import fc from 'fast-check';
import { expect, test } from 'vitest';
import { compareValues } from '../../../../src/diff/compare-values.ts';
import type { Displayed, DisplayedPaper } from '../../../../src/diff/displayed-values.ts';
import { sketchFigure } from '../../../../src/diff/figure-sketch.ts';
import { formatValuesLock, lockOf, readValuesLock } from '../../../../src/diff/values-lock.ts';
import type { Format } from '../../../../src/results/format.ts';
import { formatNamed } from '../../../../src/results/format-value.ts';
import { errorText } from '../../../error-text.ts';

const shownAs = (value: number | string, format?: Format): Displayed => {
  const named = { value, unit: '1', format };
  return { shown: formatNamed(named).replace('^', ''), named, place: { kind: 'table', text: 'sizes' } };
};

const paperOf = (
  values: Readonly<Record<string, Displayed>>,
  points: readonly number[] = [],
): Omit<DisplayedPaper, 'built'> => ({
  values: new Map(Object.entries(values)),
  figures: new Map([
    ['lines', sketchFigure({ mark: 'line', data: { values: points.map((y, x) => ({ x, y })) } })],
  ]),
  verdicts: new Map([['size-is-large', 'holds']]),
});

const verdicts = new Map([['size-is-large', 'holds']]);
const fixed: Format = { style: 'fixed', digits: 2 };

test('the same page is no change, through the lock as it is written', () => {
  const paper = paperOf({ 'sizes.layer-0.size': shownAs(1.234, fixed), word: shownAs('Brown') }, [1, 2]);
  const text = formatValuesLock(lockOf(paper));
  expect(text).toContain('"sizes.layer-0": {"size":"1.23"}');
  expect(compareValues(paper, readValuesLock(text, 'values.lock.json'), verdicts)).toEqual({
    changes: [],
    crossings: [],
  });
  expect(formatValuesLock(readValuesLock(text, 'values.lock.json'))).toBe(text);
});

test('what changed after rounding is listed with its place; new and gone ones and verdicts too', () => {
  const before = lockOf(
    paperOf({ 'sizes.layer-0.size': shownAs(1.234, fixed), 'sizes.layer-1.size': shownAs(2, fixed) }, [1, 2]),
  );
  const now = paperOf(
    { 'sizes.layer-0.size': shownAs(1.2361, fixed), 'sizes.layer-2.size': shownAs(3, fixed) },
    [1, 2.5],
  );
  expect(compareValues(now, before, new Map([['size-is-large', 'fails']])).changes).toEqual([
    { kind: 'verdict', id: 'size-is-large', place: 'size-is-large', before: 'fails', after: 'holds' },
    { kind: 'table', id: 'sizes.layer-0.size', place: 'sizes', before: '1.23', after: '1.24' },
    { kind: 'table', id: 'sizes.layer-2.size', place: 'sizes', before: null, after: '3.00' },
    { kind: 'sentence', id: 'sizes.layer-1.size', place: 'sizes', before: '2.00', after: null },
    {
      kind: 'figure',
      id: 'lines',
      place: 'lines',
      before: '4 numbers',
      after: '4 numbers, other values of y',
    },
  ]);
});

test('a figure of the same numbers by other marks or words is a change that says so', () => {
  const lock = lockOf(paperOf({}, [1, 2]));
  const drawnOtherwise = { ...lock.figures.get('lines')!, form: 'of bars' };
  expect(
    compareValues(paperOf({}, [1, 2]), { ...lock, figures: new Map([['lines', drawnOtherwise]]) }, verdicts)
      .changes,
  ).toEqual([
    { kind: 'figure', id: 'lines', place: 'lines', before: '4 numbers', after: '4 numbers, drawn otherwise' },
  ]);
});

test('a claim that is no longer on the page is a change', () => {
  const paper = paperOf({});
  expect(
    compareValues(paper, lockOf(paper), new Map([...verdicts, ['size-is-odd', 'fails']])).changes,
  ).toEqual([{ kind: 'verdict', id: 'size-is-odd', place: 'size-is-odd', before: 'fails', after: null }]);
});

test('what noise moves over a boundary of rounding is told apart, and is no change', () => {
  const before = lockOf(paperOf({ a: shownAs(1.2349999999, fixed) }));
  const { changes, crossings } = compareValues(
    paperOf({ a: shownAs(1.2350000001, fixed) }),
    before,
    verdicts,
  );
  expect(changes).toEqual([]);
  expect(crossings).toEqual([{ kind: 'table', id: 'a', place: 'sizes', before: '1.23', after: '1.24' }]);
  // A real change that is as small in the last printed digit is one.
  expect(compareValues(paperOf({ a: shownAs(1.2351, fixed) }), before, verdicts).changes).toHaveLength(1);
});

const formats: readonly Format[] = [
  fixed,
  { style: 'signed', digits: 3 },
  { style: 'share', digits: 1 },
  { style: 'scientific', digits: 2 },
  { style: 'significant', digits: 3 },
  { style: 'count' },
];

test('noise in the last digits, as machines differ by, never makes a change', () => {
  const number = fc
    .double({ noNaN: true, noDefaultInfinity: true, min: -1e6, max: 1e6 })
    .filter((x) => x === 0 || Math.abs(x) > 1e-12);
  const noise = fc.double({ noNaN: true, min: -1e-9, max: 1e-9 });
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, noise, fc.constantFrom(...formats)), { minLength: 1, maxLength: 20 }),
      (given) => {
        const page = (noisy: boolean): Omit<DisplayedPaper, 'built'> =>
          paperOf(
            Object.fromEntries(
              given.map(([x, e, format], at) => [`v${at}`, shownAs(noisy ? x * (1 + e) : x, format)]),
            ),
            given.map(([x, e]) => (noisy ? x * (1 + e) : x)),
          );
        expect(compareValues(page(true), lockOf(page(false)), verdicts).changes).toEqual([]);
      },
    ),
  );
});

test('a changed point of a figure is seen, wherever it is, and so are two that change places', () => {
  const points = Array.from({ length: 500 }, (_, at) => Math.sin(at) + 2);
  const before = lockOf(paperOf({}, points));
  for (const at of [0, 1, 250, 498, 499]) {
    const changed = points.with(at, points[at]! + 0.01);
    expect(compareValues(paperOf({}, changed), before, verdicts).changes).toHaveLength(1);
  }
  const swapped = points.with(3, points[7]!).with(7, points[3]!);
  expect(compareValues(paperOf({}, swapped), before, verdicts).changes).toHaveLength(1);
});

test('a lock that is none is told', () => {
  expect(errorText(() => readValuesLock('{"values": {"a": 1}}', 'values.lock.json'))).toBe(
    [
      'BadValuesLock: values.lock.json does not hold accepted values: values.a: Invalid input: expected record, received number.',
      '  values.lock.json:1:18',
      '  hint: it is written by `npm run paper -- accept --values`: take it back from version control, or delete it and accept anew.',
    ].join('\n'),
  );
});

test('what a page has in the place of its value, and a count that is another, are no noise', () => {
  const [count, edited] = [shownAs(9592, { style: 'count' }), { ...shownAs(0.12344, fixed), shown: '0.13' }];
  const accepted = readValuesLock(
    formatValuesLock(
      lockOf(
        paperOf({
          'sizes.a.size': shownAs(9593, { style: 'count' }),
          'sizes.b.size': shownAs(0.12344, fixed),
        }),
      ),
    ),
    'values.lock.json',
  );
  const { changes, crossings } = compareValues(
    paperOf({ 'sizes.a.size': count, 'sizes.b.size': edited }),
    accepted,
    verdicts,
  );
  expect(changes.map(({ before, after }) => [before, after])).toEqual([
    ['9,593', '9,592'],
    ['0.12', '0.13'],
  ]);
  expect(crossings).toEqual([]);
});
