import { expect, test } from 'vitest';
import { summariseSeeds } from '../../../../src/numerics/summarise-seeds.ts';
import { deriveValue, deriveValues } from '../../../../src/results/derive-values.ts';
import { fixed, signed } from '../../../../src/results/format.ts';
import { formatNamed } from '../../../../src/results/format-value.ts';
import { plainValue } from '../../../../src/results/presentation.ts';
import { errorText } from '../../../error-text.ts';
import { normsTable, shownAs } from './norms-table.ts';

const once = normsTable([
  { matrix: 'Q', layer: 0, size: -3 },
  { matrix: 'Q', layer: 1, size: 1 },
]);
const words = { columns: { matrix: { words: { Q: 'queries' } }, layer: {}, size: { format: signed(2) } } };

test('every cell and every aggregate has a name', () => {
  const values = deriveValues(once, shownAs(once, words));
  expect(values.get('norms.q-layer-1.size')?.value).toBe(1);
  const aggregate = (name: string) => values.get(`norms.size.${name}`)?.value;
  expect(['mean', 'min', 'max', 'mean-abs', 'max-abs', 'first', 'last'].map(aggregate)).toEqual([
    -1, -3, 1, 2, 3, -3, 1,
  ]);
  expect(values.has('norms.layer.mean')).toBe(false);
  expect(values.get('norms.q-layer-1.matrix')).toMatchObject({ value: 'Q', shown: 'queries' });
  expect(values.get('norms.q-layer-1.size')).not.toHaveProperty('shown');
  expect(values.get('norms.q-layer-1.size')).not.toHaveProperty('headline');
});

test('a figure that counts among others is printed as a count, and a mean of counts is not', () => {
  const given = { columns: { matrix: {}, layer: {}, size: { format: fixed(2), countOf: 'layer' } } };
  const row = (size: number) => [{ matrix: 'Q', layer: 8, size }];
  const printed = (table: Parameters<typeof deriveValues>[0], id: string) =>
    formatNamed(deriveValues(table, shownAs(table, given)).get(`norms.q-layer-8.${id}`)!);
  expect(printed(normsTable(row(7)), 'size')).toBe('7');
  expect(printed(normsTable({ 1: row(7), 2: row(7) }), 'size')).toBe('7');
  expect(printed(normsTable({ 1: row(7), 2: row(8) }), 'size.seeds.mean')).toBe('7.50');
});

test('what stands at a cell is named beside it, and shown as it is', () => {
  const table = normsTable([
    {
      matrix: 'Q',
      layer: 0,
      size: { value: 2, null: { low: 0, high: 1, mean: 0.5, sd: 0.2, p: 0.01 }, beside: { init: 7 } },
    },
  ]);
  const values = deriveValues(table, shownAs(table, words));
  expect(formatNamed(values.get('norms.q-layer-0.size-null-high')!)).toBe('+1.00');
  expect(formatNamed(values.get('norms.q-layer-0.size-p')!)).toBe('0.010');
  expect(values.get('norms.size-init.mean')?.value).toBe(7);
});

const repeated = normsTable({
  1: [{ matrix: 'Q', layer: 0, size: 1 }],
  2: [{ matrix: 'Q', layer: 0, size: 3 }],
  3: [{ matrix: 'Q', layer: 0, size: 8 }],
});

test('of several replicates each has a name, and so have their mean and its interval', () => {
  const values = deriveValues(repeated, shownAs(repeated));
  const { mean, low, high, halfWidth } = summariseSeeds([1, 3, 8]);
  for (const figure of ['norms.q-layer-0.size', 'norms.size.first']) {
    expect(values.get(figure)).toMatchObject({ value: 1, headline: `${figure}.seeds.mean` });
    expect(
      ['seed-1', 'seed-2', 'seed-3', 'seeds.mean', 'seeds.low', 'seeds.high', 'seeds.half-width'].map(
        (name) => values.get(`${figure}.${name}`)?.value,
      ),
    ).toEqual([1, 3, 8, mean, low, high, halfWidth]);
  }
  const ledByFirst = deriveValues(repeated, shownAs(repeated, { headline: 'first' }));
  expect(ledByFirst.get('norms.size.max')?.headline).toBe('norms.size.max.seed-1');
});

test('an extreme of several replicates is that of all, and no mean of extremes', () => {
  const table = normsTable({
    1: [
      { matrix: 'Q', layer: 0, size: -2 },
      { matrix: 'Q', layer: 1, size: 5 },
    ],
    2: [
      { matrix: 'Q', layer: 0, size: -9 },
      { matrix: 'Q', layer: 1, size: 4 },
    ],
  });
  const values = deriveValues(table, shownAs(table));
  const printed = (name: string) => values.get(values.get(`norms.size.${name}`)?.headline ?? '')?.value;
  expect(['min', 'max', 'max-abs', 'mean'].map(printed)).toEqual([-9, 5, 9, -0.5]);
  expect(values.get('norms.size.min.seeds.mean')?.value).toBe(-5.5);
});

test('a figure that all replicates share has no spread, and one that some lack neither', () => {
  const table = normsTable({
    1: [
      { matrix: 'Q', layer: 0, size: 1 },
      { matrix: 'Q', layer: 1, size: null },
    ],
    2: [
      { matrix: 'Q', layer: 0, size: 1 },
      { matrix: 'Q', layer: 1, size: 2 },
    ],
  });
  const values = deriveValues(table, shownAs(table));
  expect(values.get('norms.q-layer-0.size')).not.toHaveProperty('headline');
  expect([...values.keys()].filter((id) => id.includes('.seeds.'))).toEqual([]);
  expect(values.has('norms.q-layer-1.size')).toBe(false);
  expect(values.get('norms.q-layer-1.size.seed-2')?.value).toBe(2);
  expect(values.has('norms.size.mean')).toBe(false);
  expect(values.get('norms.size.mean.seed-2')?.value).toBe(1.5);
});

test('a width has no sign, and as many digits as it needs not to look like none', () => {
  const table = normsTable({
    1: [{ matrix: 'Q', layer: 0, size: 1 }],
    2: [{ matrix: 'Q', layer: 0, size: 1.0001 }],
  });
  const values = deriveValues(table, shownAs(table, words));
  expect(values.get('norms.q-layer-0.size.seeds.half-width')?.format).toEqual(fixed(4));
});

test('a value that stands alone goes on as a cell does', () => {
  const value = {
    kind: 'value' as const,
    id: 'gap',
    unit: '1',
    replicates: [
      { seed: 4, value: 1 },
      { seed: 9, value: 2 },
    ],
  };
  expect(deriveValue(value, plainValue).map(([id]) => id)).toEqual([
    'gap',
    'gap.seeds.mean',
    'gap.seeds.low',
    'gap.seeds.high',
    'gap.seeds.half-width',
    'gap.seed-4',
    'gap.seed-9',
  ]);
});

test('two values of one name are refused', () => {
  const table = {
    ...normsTable([{ matrix: 'size', layer: 0, size: 1, mean: 2 }]),
    keys: ['matrix'],
    columns: ['matrix', 'layer', 'size', 'mean'].map((id) => ({ id, unit: null })),
  };
  expect(errorText(() => deriveValues(table, shownAs(table)))).toBe(
    [
      "DuplicateResult: two values of table 'norms' are named 'norms.size.mean'.",
      '  a row and a column of it have names that make a cell read like an aggregate, or like a seed',
      '  hint: rename the row or the column: mean, min, max, mean-abs, max-abs, first, last, seeds and seed-<k> are taken.',
    ].join('\n'),
  );
});
