import { existsSync } from 'node:fs';
import { expect, test } from 'vitest';
import { numberColumn, type Row, writeResults } from '../../../../src/results/index.ts';
import { errorText } from '../../../error-text.ts';

const path = '/nowhere/norms.json';
const write = (rows: Row[]) =>
  errorText(() =>
    writeResults(path, [{ kind: 'table', id: 'norms', run: null, columns: [numberColumn('size')], rows }]),
  );

const hint = '  hint: look at the matrices that this row is computed from: one of them is degenerate.';

test.each([
  ['a cell', { size: Number.NaN }, 'NaN'],
  ['what a cell holds', { size: { value: Number.POSITIVE_INFINITY } }, 'Infinity'],
  ['a bound of its null', { size: { value: 1, null: { low: 0, high: Number.NaN, mean: 0, sd: 1 } } }, 'NaN'],
  ['a figure beside it', { size: { value: 1, beside: { init: Number.NaN } } }, 'NaN'],
])('%s that is not finite never leaves a stage', (_, row, received) => {
  expect(write([{ size: 1 }, row])).toBe(
    [
      "ResultNotFinite: 'norms' has no finite number in column 'size' of row 1.",
      `  received ${received}`,
      hint,
    ].join('\n'),
  );
  expect(existsSync(path)).toBe(false);
});

test('a number that is not finite is told with its seed', () => {
  const replicates = [1, 2].map((seed) => ({ seed, value: seed === 2 ? Number.NaN : 1 }));
  expect(errorText(() => writeResults(path, [{ kind: 'value', id: 'gap', unit: '1', replicates }]))).toBe(
    [
      "ResultNotFinite: 'gap' has no finite number in column 'value' of row 0, seed 2.",
      '  received NaN',
      hint,
    ].join('\n'),
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
