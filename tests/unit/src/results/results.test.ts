import { expect, test } from 'vitest';
import { above, all, any, below, verdictOf, within } from '../../../../src/results/claim.ts';
import { deriveValues } from '../../../../src/results/derive-values.ts';
import { readResults, validateResults } from '../../../../src/results/read-results.ts';
import { readReported } from '../../../../src/results/reported.ts';
import { createResultReader } from '../../../../src/results/result-reader.ts';
import type { Table } from '../../../../src/results/result-schema.ts';
import { errorText } from '../../../error-text.ts';

const table: Table = {
  kind: 'table',
  id: 'norms',
  run: 'v1',
  columns: [
    { id: 'matrix', label: 'matrix', unit: null, words: { Q: 'queries' } },
    { id: 'layer', label: 'layer', unit: null, format: { style: 'count' } },
    { id: 'size', label: 'size', unit: '1', format: { style: 'fixed', digits: 1 } },
  ],
  keys: ['matrix', 'layer'],
  rows: [
    { matrix: 'Q', layer: 0, size: -3 },
    { matrix: 'Q', layer: 1, size: 1 },
  ],
  nullModel: null,
};

test('every cell and every aggregate has a name', () => {
  const values = deriveValues(table);
  expect(values.get('norms.q-layer-1.size')?.value).toBe(1);
  const aggregate = (name: string) => values.get(`norms.size.${name}`)?.value;
  expect(['mean', 'min', 'max', 'mean-abs', 'max-abs', 'first', 'last'].map(aggregate)).toEqual([
    -1, -3, 1, 2, 3, -3, 1,
  ]);
  expect(values.has('norms.layer.mean')).toBe(false);
  expect(values.get('norms.q-layer-1.matrix')).toMatchObject({ value: 'Q', shown: 'queries' });
  expect(values.get('norms.q-layer-1.size')).not.toHaveProperty('shown');
});

test('a results file that is not JSON is told with line and column', () => {
  expect(errorText(() => readResults('{\n  "results": [NaN]\n}', 'norms.json'))).toBe(
    [
      'BadResultFile: norms.json is not JSON: InvalidSymbol.',
      '  norms.json:2:15',
      '  hint: write it with JSON.stringify; NaN and Infinity are not JSON, and no result is ever one of them.',
    ].join('\n'),
  );
});

test('a results file of another shape is told with the place of the first fault', () => {
  const text = '{\n "results": [\n  {"kind": "value", "id": "Bad Id", "value": 1, "unit": null}\n ]\n}';
  expect(errorText(() => readResults(text, 'norms.json'))).toBe(
    [
      'BadResultFile: norms.json is not a results file: results.0.id must be kebab-case parts between dots.',
      '  norms.json:3:27',
      '  received "Bad Id"',
      '  hint: see src/results/result-schema.ts: a results file holds tables, values and series.',
    ].join('\n'),
  );
});

test('reported figures of another form are refused by field', () => {
  expect(
    errorText(() =>
      readReported(
        '{"setting": {}, "tables": {"t": {"columns": [], "rows": []}}, "statements": []}',
        'reported.json',
      ),
    ),
  ).toMatch(/^BadReportedFile: reported\.json does not hold reported figures: tables\.t\.columns /);
});

test('claims read columns, cells and values, and what does not exist is named', () => {
  const used: string[] = [];
  const reader = createResultReader(
    new Map([['norms', table]]),
    new Map([['alone', { value: 4, unit: null, format: undefined }]]),
    (id) => used.push(id),
  );
  expect(reader.column('norms', 'size').numbers).toEqual([-3, 1]);
  expect(reader.cell('norms', 'q-layer-0', 'size')).toBe(-3);
  expect(reader.value('alone')).toBe(4);
  expect(reader.rows('norms')).toEqual(['q-layer-0', 'q-layer-1']);
  expect(used).toEqual(['norms', 'norms', 'alone', 'norms']);
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

test('a margin is the distance to flipping in its unit, and a small one decides nothing', () => {
  const scale = { predicate: 'p', per: 2, unit: 'null sd', noise: 0.5 };
  expect(below(1, 5, scale).margin).toBe(2);
  expect(above(1, 5, scale).margin).toBe(-2);
  expect(within(4, 1, 5, scale).margin).toBe(0.5);
  expect(verdictOf(below(1, 5, scale))).toBe('holds');
  expect(verdictOf(above(1, 5, scale))).toBe('fails');
  expect(verdictOf(within(4, 1, 5, scale))).toBe('undecided');
  expect(verdictOf(all('both', [below(1, 5, scale), above(1, 5, scale)]))).toBe('fails');
  expect(verdictOf(any('one', [below(1, 5, scale), above(1, 5, scale)]))).toBe('holds');
});

test('a claim without a finite margin, or about nothing, is refused', () => {
  expect(errorText(() => below(1, 5, { predicate: 'it is less', per: 0, unit: 'null sd' }))).toBe(
    [
      'NoMargin: the claim that it is less has no margin.',
      '  expected a distance and a unit that are finite and not zero; received 4 per 0',
      '  hint: measure the margin in units of a null that varies, or of a quantity that is not zero.',
    ].join('\n'),
  );
  expect(errorText(() => all('all are less', []))).toBe(
    'NoMargin: the claim that all are less is about nothing.\n  hint: the table that it reads has no rows: see its stage.',
  );
});

const holed: Table = {
  ...table,
  rows: [...table.rows, { matrix: 'Q', layer: 2, size: null }],
};

test('a cell that is not defined leaves no aggregate without a word', () => {
  const reader = createResultReader(new Map([['norms', holed]]), new Map(), () => {});
  const refusal = [
    "UndefinedCell: 'norms.size' is not defined in every row.",
    '  expected a number in each row; received none in q-layer-2',
    "  hint: if these rows are meant to be left out, read `column('norms', 'size').defined`; a mean that drops rows in silence is of another quantity.",
  ].join('\n');
  expect(errorText(() => reader.column('norms', 'size').mean)).toBe(refusal);
  expect(errorText(() => reader.column('norms', 'size').numbers)).toBe(refusal);
  expect(reader.column('norms', 'size').defined).toMatchObject({ numbers: [-3, 1], mean: -1 });
  expect(deriveValues(holed).has('norms.size.mean')).toBe(false);
  expect(deriveValues(holed).get('norms.q-layer-1.size')?.value).toBe(1);
});

const fileOf = (result: object): string => JSON.stringify({ results: [result] });

test.each([
  ['no rows', { ...table, rows: [] }, "table 'norms' has no rows"],
  [
    'a row twice',
    { ...table, rows: [table.rows[0], table.rows[0]] },
    "rows 0 and 1 of table 'norms' are both named 'q-layer-0'",
  ],
  [
    'a cell forgotten',
    { ...table, rows: [{ matrix: 'Q', layer: 0 }] },
    "row 0 of table 'norms' lacks the cell 'size'",
  ],
  [
    'a row without a name',
    { ...table, rows: [{ matrix: null, layer: 0, size: 1 }] },
    "row 0 of table 'norms' has no 'matrix' to name it",
  ],
  [
    'a column twice',
    { ...table, columns: [...table.columns, table.columns[0]] },
    "table 'norms' has two columns 'matrix'",
  ],
  [
    'no points',
    { kind: 'series', id: 'curve', columns: [{ id: 'step', label: 'step', unit: null }], rows: [] },
    "series 'curve' has no rows",
  ],
])('a results file with %s is refused before it is stored', (_, result, fault) => {
  const text = errorText(() => validateResults(fileOf(result), 'norms.json'));
  expect(text.split('\n')[0]).toBe(`BadResultFile: norms.json says nothing: ${fault}.`);
  expect(text).toMatch(/\n {2}norms\.json:1:\d+\n/);
  expect(text.split('\n').at(-1)).toBe(
    '  hint: see the stage that writes it: a result has rows, each under a name of its own, and every cell that it names.',
  );
});
