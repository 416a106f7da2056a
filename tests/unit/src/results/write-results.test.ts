import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { nameColumn, numberColumn, type Row, writeResults } from '../../../../src/results/index.ts';
import { errorText } from '../../../error-text.ts';

const path = '/nowhere/norms.json';
const write = (rows: Row[], columns = [numberColumn('size')]) =>
  errorText(() => writeResults(path, [{ kind: 'table', id: 'norms', run: null, columns, rows }]));

const told = (what: string, received = 'NaN'): string =>
  [
    `ResultNotFinite: ${what}.`,
    `  expected a finite number, or null where a quantity is not defined; received ${received}`,
    '  hint: mend what computes it: a division by zero, the logarithm of zero and the mean of nothing give no number.',
  ].join('\n');

test.each([
  ['a cell', Number.NaN, 'NaN', 'size'],
  ['what a cell holds', { value: Number.POSITIVE_INFINITY }, 'Infinity', 'size'],
  [
    'a bound of its null',
    { value: 1, null: { low: 0, high: Number.NaN, mean: 0, sd: 1 } },
    'NaN',
    'size-null-high',
  ],
  ['its p', { value: 1, null: { low: 0, high: 1, mean: 0, sd: 1, p: Number.NaN } }, 'NaN', 'size-p'],
  ['a figure beside it', { value: 1, beside: { init: Number.NaN } }, 'NaN', 'size-init'],
])('%s that is not finite never leaves a stage', (_, size, received, column) => {
  const rows = [
    { layer: 0, size: 1 },
    { layer: 1, size },
  ];
  expect(write(rows, [nameColumn('layer'), numberColumn('size')])).toBe(
    told(`table 'norms' has ${received} in column '${column}' of row 'layer-1'`, received),
  );
  expect(existsSync(path)).toBe(false);
});

test('a row whose name is no number is told by its place', () => {
  expect(write([{ size: 1 }, { size: Number.NaN }])).toBe(
    told("table 'norms' has NaN in column 'size' of row 1"),
  );
});

test('a number that is not finite is told with its seed', () => {
  const replicates = [1, 2].map((seed) => ({ seed, value: seed === 2 ? Number.NaN : 1 }));
  expect(errorText(() => writeResults(path, [{ kind: 'value', id: 'gap', unit: '1', replicates }]))).toBe(
    told("value 'gap' has NaN, for seed 2"),
  );
});

test('what the page would refuse is refused where it is written', () => {
  expect(write([{ size: 1 }, { size: 1 }])).toBe(
    [
      "BadResult: rows 0 and 1 of table 'norms' are both named 'size-1'.",
      "  row 0 has '1'; row 1 has '1'",
      '  a name has letters and digits alone, in lower case: tell the rows apart by them, or by one more key column',
      "  hint: look at the stage that writes table 'norms': each row has a name of its own and every cell that the columns name.",
    ].join('\n'),
  );
});
