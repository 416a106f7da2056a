import { expect, test } from 'vitest';
import { createResultReader } from '../../../../src/claims/result-reader.ts';
import { deriveValues } from '../../../../src/results/derive-values.ts';
import { seedWords } from '../../../../src/results/replicate-words.ts';
import type { Table } from '../../../../src/results/result-schema.ts';
import { errorText } from '../../../error-text.ts';
import { normsTable, shownAs } from '../results/norms-table.ts';

const once = normsTable([
  { matrix: 'Q', layer: 0, size: { value: -3, null: { low: 0, high: 4, mean: 2, sd: 1 } } },
  { matrix: 'Q', layer: 1, size: { value: 1, null: { low: 0, high: 5, mean: 2, sd: 1 } } },
]);
const alone = { value: 4, unit: null, format: undefined };

const readerOf = (tables: readonly Table[], values: Readonly<Record<string, typeof alone>> = {}) => {
  const used: string[] = [];
  const reader = createResultReader({
    tables: new Map(tables.map((table) => [table.id, table])),
    values: new Map(Object.entries(values)),
    onUse: (...read) => used.push(read.join('.')),
  });
  return { reader, used };
};

test('claims read columns, cells, nulls and values, and what does not exist is named', () => {
  const { reader, used } = readerOf([once], { alone });
  expect(reader.column('norms', 'size').numbers).toEqual([-3, 1]);
  expect(reader.column('norms', 'size-null-high').mean).toBe(4.5);
  expect(reader.cell('norms', 'q-layer-0', 'size')).toBe(-3);
  expect(reader.value('alone')).toBe(4);
  expect(reader.rows('norms')).toEqual(['q-layer-0', 'q-layer-1']);
  // Each table as it is opened, then which column, and which row's cell.
  expect(used).toEqual([
    'norms',
    'norms.size',
    'norms',
    'norms.size-null-high',
    'norms',
    'norms.size.q-layer-0',
    'alone',
    'norms',
  ]);
  expect(errorText(() => reader.column('norm', 'size'))).toBe(
    "UnknownTable: there is no table 'norm'.\n  hint: did you mean 'norms'?",
  );
  expect(errorText(() => reader.column('norms', 'sise'))).toBe(
    "UnknownColumn: there is no column 'norms.sise'.\n  hint: did you mean 'norms.size'?",
  );
  expect(errorText(() => reader.cell('norms', 'q-layer-2', 'size'))).toContain(
    "UnknownRow: there is no row 'norms.q-layer-2'.",
  );
  expect(errorText(() => reader.value('alon'))).toBe(
    "UnknownValue: there is no value 'alon'.\n  hint: did you mean 'alone'?",
  );
});

test('a cell that is not defined leaves no aggregate without a word', () => {
  const holed = normsTable([...once.replicates[0]!.rows, { matrix: 'Q', layer: 2, size: null }]);
  const { reader } = readerOf([holed]);
  const refusal = [
    "UndefinedCell: 'norms.size' is not defined in every row.",
    '  expected a number in each row; received none in q-layer-2',
    "  hint: if these rows are meant to be left out, read `column('norms', 'size').defined`; a mean that drops rows in silence is of another quantity.",
  ].join('\n');
  expect(errorText(() => reader.column('norms', 'size').mean)).toBe(refusal);
  expect(errorText(() => reader.column('norms', 'size').numbers)).toBe(refusal);
  expect(reader.column('norms', 'size').defined).toMatchObject({ numbers: [-3, 1], mean: -1 });
  const values = deriveValues(holed, shownAs(holed));
  expect(values.has('norms.size.mean')).toBe(false);
  expect(values.get('norms.q-layer-1.size')?.value).toBe(1);
});

test('what is there without a number is not told as what is not there', () => {
  const { reader } = readerOf([normsTable([{ matrix: 'Q', layer: 0, size: null }])]);
  for (const [read, what] of [
    [() => reader.cell('norms', 'q-layer-0', 'size'), 'norms.q-layer-0.size'],
    [() => reader.column('norms', 'size'), 'norms.size'],
  ] as const)
    expect(errorText(read)).toBe(
      [
        `UndefinedCell: '${what}' is there, and holds no number.`,
        '  expected a number; received null, by which a stage says that there is none',
        '  hint: read what has a number, or let the stage give one there.',
      ].join('\n'),
    );
  for (const [read, what] of [
    [() => reader.cell('norms', 'q-layer-0', 'matrix'), 'norms.q-layer-0.matrix'],
    [() => reader.column('norms', 'matrix'), 'norms.matrix'],
  ] as const)
    expect(errorText(read)).toContain(`NotANumber: '${what}' is a word.\n  expected a number; received 'Q'`);
});

const sized = (id: string, bySeed: Readonly<Record<number, number>>): Table => ({
  ...normsTable(
    Object.fromEntries(
      Object.entries(bySeed).map(([seed, size]) => [seed, [{ matrix: 'Q', layer: 0, size }]]),
    ),
  ),
  id,
});

test('each replicate is read alone, and one that is read with others has the same seeds', () => {
  const one = { ...once, id: 'once' };
  const { reader } = readerOf([sized('norms', { 3: 2, 5: 4 }), sized('ranks', { 3: 1, 6: 1 }), one], {
    gap: alone,
    'gap.seed-3': alone,
    'gap.seed-5': { ...alone, value: 7 },
    alone,
  });
  expect(reader.column('norms', 'size').numbers).toEqual([2]);
  const sum = reader.eachSeed(
    ({ column, value }) =>
      column('norms', 'size').mean + value('gap') + value('alone') + column('once', 'size').last,
  );
  expect(sum).toEqual([
    { seed: 3, found: 2 + 4 + 4 + 1, called: seedWords },
    { seed: 5, found: 4 + 7 + 4 + 1, called: seedWords },
  ]);
  expect(reader.eachSeed(({ value }) => value('alone'))).toEqual([
    { seed: null, found: 4, called: seedWords },
  ]);
  const both = () =>
    reader.eachSeed(({ column }) => column('norms', 'size').mean - column('ranks', 'size').mean);
  expect(errorText(both)).toBe(
    [
      "SeedsDisagree: 'norms' and 'ranks' are of different seeds.",
      "  expected seeds 3, 5 as of 'norms'; received 3, 6",
      '  hint: a claim over seeds reads results of the same ones: see the stages that make them.',
    ].join('\n'),
  );
});
