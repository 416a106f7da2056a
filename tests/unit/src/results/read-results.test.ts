import { expect, test } from 'vitest';
import { readResults, validateResults } from '../../../../src/results/read-results.ts';
import { readReported } from '../../../../src/results/reported.ts';
import { errorText } from '../../../error-text.ts';

const table = {
  kind: 'table',
  id: 'norms',
  run: 'v1',
  columns: [
    { id: 'matrix', unit: null },
    { id: 'layer', unit: null },
    { id: 'size', unit: '1' },
  ],
  keys: ['matrix', 'layer'],
  rows: [
    { matrix: 'Q', layer: 0, size: -3 },
    { matrix: 'Q', layer: 1, size: 1 },
  ],
};
const [first, second] = table.rows;
const { rows: _, ...unfilled } = table;
const hint =
  '  hint: see the stage that writes it: a result has an id of lower-case letters, digits and hyphens, and rows, each under a name of its own with every cell that its columns name.';

test('rows alone are one replicate without a seed', () => {
  const [read] = readResults(JSON.stringify({ results: [table] }), 'norms.json');
  expect(read).toEqual({ ...unfilled, replicates: [{ seed: null, rows: table.rows }] });
});

test('a results file that is not JSON is told with line and column', () => {
  expect(errorText(() => readResults('{\n  "results": [NaN]\n}', 'norms.json'))).toBe(
    [
      'BadResultFile: norms.json is not JSON: invalid symbol.',
      '  norms.json:2:15',
      '  hint: write it with JSON.stringify; NaN and Infinity are not JSON, and no result is ever one of them.',
    ].join('\n'),
  );
  expect(errorText(() => readResults('{"results": []} // none', 'norms.json'))).toContain(
    'norms.json is not JSON: invalid comment token.',
  );
});

test('a results file of another shape is told with the place of the first fault', () => {
  const text = '{\n "results": [\n  {"kind": "value", "id": "Bad Id", "value": 1, "unit": null}\n ]\n}';
  expect(errorText(() => readResults(text, 'norms.json'))).toBe(
    [
      'BadResultFile: norms.json is not a results file: results.0.id: must be kebab-case.',
      '  norms.json:3:27',
      '  received "Bad Id"',
      hint,
    ].join('\n'),
  );
});

test('of two members of one name neither is taken', () => {
  const text = '{"results": [{"kind": "value", "id": "a", "value": 1, "value": 2, "unit": null}]}';
  expect(errorText(() => readResults(text, 'a.json')).split('\n')[0]).toBe(
    "BadResultFile: a.json names 'value' twice in one place.",
  );
});

test('a file without a result is refused', () => {
  expect(errorText(() => readResults('{"results": []}', 'a.json'))).toContain(
    'a.json is not a results file: results: ',
  );
});

const fileOf = (result: object): string => JSON.stringify({ results: [result] });
const held = { value: 1, null: { low: 0, high: 2, mean: 1, sd: 0.5 } };

test.each([
  ['no rows', { ...table, rows: [] }, "table 'norms' has no rows"],
  ['neither rows nor replicates', unfilled, "table 'norms' must have either rows or replicates"],
  [
    'both rows and replicates',
    { ...table, replicates: [{ seed: 1, rows: table.rows }] },
    "table 'norms' must have either rows or replicates",
  ],
  [
    'a row twice',
    { ...table, rows: [first, first] },
    "rows 0 and 1 of table 'norms' are both named 'q-layer-0'",
  ],
  [
    'rows that differ by what an id leaves out',
    { ...table, rows: [first, { ...first, matrix: 'q?' }] },
    "rows 0 and 1 of table 'norms' are both named 'q-layer-0'",
  ],
  [
    'a cell forgotten',
    { ...table, rows: [{ matrix: 'Q', layer: 0 }] },
    "row 0 of table 'norms' lacks the cell 'size'",
  ],
  [
    'a cell too many',
    { ...table, rows: [{ ...first, sise: 1 }] },
    "row 0 of table 'norms' has a cell 'sise' that no column names",
  ],
  [
    'numbers in quotation marks',
    {
      ...table,
      rows: [
        { ...first, size: '1.5' },
        { ...second, size: 'NaN' },
      ],
    },
    "row 0 of table 'norms' has a word in 'size', a column of numbers",
  ],
  [
    'a value in quotation marks',
    { kind: 'value', id: 'gap', unit: '1', value: '0.5' },
    "value 'gap' is a word, and has a unit",
  ],
  [
    'a word among numbers',
    { ...table, rows: [first, { ...second, size: 'one' }] },
    "column 'size' of table 'norms' holds a number and a word",
  ],
  [
    'a row without a name',
    { ...table, rows: [{ matrix: null, layer: 0, size: 1 }] },
    "row 0 of table 'norms' has no 'matrix' to name it",
  ],
  [
    'a key that is no column',
    { ...table, keys: ['band'] },
    "table 'norms' has no column 'band' to name its rows",
  ],
  [
    'a column twice',
    { ...table, columns: [...table.columns, table.columns[0]] },
    "table 'norms' has two columns 'matrix'",
  ],
  [
    'a column named like what stands beside another one',
    {
      ...table,
      columns: [...table.columns, { id: 'size-null-low', unit: '1' }],
      rows: [{ ...first, size: held, 'size-null-low': 0 }],
    },
    "table 'norms' has two columns 'size-null-low'",
  ],
  [
    'other rows for another seed',
    {
      ...unfilled,
      replicates: [
        { seed: 1, rows: [first] },
        { seed: 2, rows: [second] },
      ],
    },
    "table 'norms' has other rows for seed 2",
  ],
  [
    'one seed twice',
    {
      ...unfilled,
      replicates: [
        { seed: 1, rows: [first] },
        { seed: 1, rows: [first] },
      ],
    },
    "table 'norms' has two replicates of seed 1",
  ],
  [
    'no points',
    { kind: 'series', id: 'curve', columns: [{ id: 'step', unit: null }], rows: [] },
    "series 'curve' has no rows",
  ],
  [
    'points without a cell',
    { kind: 'series', id: 'curve', columns: [{ id: 'step', unit: null }], rows: [{}] },
    "row 0 of series 'curve' lacks the cell 'step'",
  ],
  [
    'no value',
    { kind: 'value', id: 'gap', unit: null },
    "value 'gap' must have either a value or replicates",
  ],
  [
    'a value twice',
    {
      kind: 'value',
      id: 'gap',
      unit: null,
      replicates: [
        { seed: 1, value: 1 },
        { seed: 1, value: 2 },
      ],
    },
    "value 'gap' has two replicates of seed 1",
  ],
])('a results file with %s is refused before it is stored', (_, result, fault) => {
  const text = errorText(() => validateResults(fileOf(result), 'norms.json'));
  expect(text.split('\n')[0]).toBe(`BadResultFile: norms.json says nothing: ${fault}.`);
  expect(text).toMatch(/\n {2}norms\.json:1:\d+\n/);
  expect(text.split('\n').at(-1)).toBe(hint);
});

test.for([
  [
    '{"setting": {}, "tables": {"t": {"columns": [], "rows": []}}, "statements": []}',
    'does not hold reported figures: tables.t.columns: Too small: expected array to have >=1 items.',
    '1:45',
  ],
  ['{"tables": {},\n "tables": {}}', "names 'tables' twice in one place.", '2:2'],
  ['{"tables": {}\n', 'is not JSON: close brace expected.', '2:1'],
  ['\uFEFF{"tables": {}}', 'begins with a byte order mark.', '1:1'],
  ['{"tabels": {}}', 'does not hold reported figures: the whole: Unrecognized key: "tabels".', '1:12'],
  [
    '{"tables": {"t": {"columns": [{"id": "size", "label": "size", "unit": "1"}], "rows": [{"size": 5.1}]}}}',
    'does not hold reported figures: tables.t.rows.0.size: expected a figure in quotation marks, as printed.',
    '1:96',
  ],
] as const)('reported figures of another form, %s, are refused at their place', ([text, what, place]) => {
  expect(
    errorText(() => readReported(text, 'reported.json'))
      .split('\n')
      .slice(0, 2),
  ).toEqual([`BadReportedFile: reported.json ${what}`, `  reported.json:${place}`]);
});
