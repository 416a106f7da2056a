import { expect, test } from 'vitest';
import { seedWords } from '../../../../../src/results/replicate-words.ts';
import { tableFacts } from '../../../../../src/site/client/table-facts.ts';
import type { Row, TableJson } from '../../../../../src/site/client/table-json.ts';
import { claimOnCells } from './claim-on-cells.ts';

const first: TableJson['rows'] = [
  { layer: 0, size: 1, 'size-null-low': 0.1, 'size-null-high': 0.3, least: 0.5, most: 2 },
  { layer: 1, size: 3, 'size-null-low': 0.2, 'size-null-high': 0.4, least: 1, most: 4 },
];
const second: TableJson['rows'] = [
  { layer: 0, size: 2, 'size-null-low': 0.5, 'size-null-high': 0.7, least: 0.25, most: 2 },
  { layer: 1, size: 6, 'size-null-low': 0.6, 'size-null-high': 0.8, least: 2, most: 5 },
];
/** A null with all that may be said of it. @param p of the figure that stands there */
const judged = (row: Row, mean: number, sd: number, p: number): Row => ({
  ...row,
  'size-null-mean': mean,
  'size-null-sd': sd,
  'size-p': p,
});

const norms: TableJson = {
  id: 'norms',
  title: 'Norms',
  columns: [
    { id: 'layer', label: 'layer', unit: null },
    { id: 'size', label: 'size', unit: '1', definition: 'of a matrix', whose: 'ours' },
    { id: 'size-null-low', label: 'low', unit: '1', beside: { column: 'size', role: 'null-low' } },
    { id: 'size-null-high', label: 'high', unit: '1', beside: { column: 'size', role: 'null-high' } },
    { id: 'least', label: 'least', unit: '1', definition: 'of all runs' },
    { id: 'most', label: 'most', unit: '1' },
  ],
  keys: ['layer'],
  rows: first,
  replicates: [
    { seed: 1, rows: first },
    { seed: 2, rows: second },
  ],
  replicateWords: seedWords,
  nullModel: 'matrices turned',
  nullDraws: 99,
  reported: {
    columns: [{ id: 'size' }],
    rows: [
      { layer: 0, size: '2.50' },
      { layer: 1, size: ['10.0', '12.0'] },
      { layer: 'Mean', size: '6.75' },
    ],
  },
  held: {},
  nulls: {},
  summary: { mean: ['mean'] },
  intervals: { 'size.mean': [3, 1, 5] },
  sentences: { 'size.mean': [{ text: 'It is 3.', at: '#in-norms.size.mean' }] },
  formulas: {},
  key: 'k',
  claims: [
    claimOnCells('of-a-row', 'layer-0.size'),
    claimOnCells('of-another-column', 'layer-0.least'),
    claimOnCells('of-all', '.size'),
  ],
  made: [],
};

const own = (value: string) => tableFacts(norms, value).claims.own.map(({ id }) => id);

test('an aggregate is told for each replicate, with the null of single rows, the original’s own and its readers', () => {
  const facts = tableFacts(norms, 'norms.size.mean.seeds.mean');
  expect(facts.title).toBe('size, mean over all rows, mean over seeds');
  expect(facts.is).toBe('mean over all rows; mean over seeds; of a matrix; our definition');
  expect(facts.sure).toBe('mean 3, its 95 % interval 1 to 5 (Student’s t); seed 1: 2, seed 2: 4');
  expect(facts.null).toBe(
    'each row of a seed has its own, the middle 95 % of which lie between 0.1 and 0.8; none was drawn of the rows together; 99 draws of matrices turned',
  );
  expect(facts.original).toBe('6.75');
  expect(facts.sentences).toHaveLength(1);
  expect(facts.place.at).toBe('tables/norms/#size.mean');
  expect(own('norms.size.mean')).toEqual(['of-a-row', 'of-all']);
});

test('a figure whose own null another table has is told that one', () => {
  const nulls = { 'size.mean': [0.1, 0.2, 'Chances'] as const };
  expect(tableFacts({ ...norms, nulls }, 'norms.size.mean').null).toBe(
    '0.1 to 0.2, the middle 95 %, of this very figure; from “Chances”',
  );
  expect(tableFacts({ ...norms, nulls }, 'norms.size.mean.seeds.half-width').null).toBe(
    '0.1 to 0.2, the middle 95 %, of the mean over seeds; from “Chances”',
  );
});

test('where the original prints no such aggregate, the range of what it prints of rows is told as that', () => {
  expect(tableFacts(norms, 'norms.size.max').original).toBe(
    '2.50 to 12.0 over 3 figures of single rows; no such aggregate of them',
  );
});

test('a cell keeps its own null, its original and the claims that read it', () => {
  const facts = tableFacts(norms, 'norms.layer-1.size.seed-1');
  expect(facts.null).toBe('0.2 to 0.4, the middle 95 %; 99 draws of matrices turned');
  expect(facts.original).toBe('10.0 to 12.0');
  expect(facts.place.at).toBe('tables/norms/#layer-1');
  expect(own('norms.layer-0.size')).toEqual(['of-a-row', 'of-all']);
});

test('a null, a distance and a p are told of the replicate that has them', () => {
  const each: TableJson = {
    ...norms,
    replicates: [
      { seed: 1, rows: [judged(first[0]!, 0.2, 0.1, 0.01), first[1]!] },
      { seed: 2, rows: [judged(second[0]!, 0.5, 0.5, 0.2), second[1]!] },
    ],
  };
  const nullOf = (part: string) => tableFacts(each, `norms.layer-0.size${part}`).null;
  expect(nullOf('.seed-2')).toBe(
    '0.5 to 0.7, the middle 95 %; mean 0.5; this figure lies 3 standard deviations from it; p 0.2, of this figure alone: not corrected for other tests; 99 draws of matrices turned',
  );
  const ofEach =
    'seed 1’s is 0.1 to 0.3, from whose mean its own figure lies 8 standard deviations, p 0.01; seed 2’s is 0.5 to 0.7, from whose mean its own figure lies 3 standard deviations, p 0.2; the middle 95 % of each; no p is corrected for other tests; 99 draws of matrices turned';
  for (const part of ['.seeds.mean', '.seeds.half-width'])
    expect(nullOf(part)).toBe(`none was drawn of this figure; ${ofEach}`);
});

test('of many replicates the extent of their nulls is told, in the words of the table', () => {
  const many = { ...norms, replicateWords: { one: 'draw', many: 'draws' } };
  const replicates = Array.from({ length: 6 }, (_, at) => ({ seed: at, rows: at === 0 ? first : second }));
  expect(tableFacts({ ...many, replicates }, 'norms.layer-0.size.seeds.mean').null).toBe(
    'none was drawn of this figure; each draw has its own, the middle 95 % of which lie between 0.1 and 0.7; 99 draws of matrices turned',
  );
});

test('figures of one cell have titles of their own, and the rest of the row is of the replicate', () => {
  const titles = ['.seeds.mean', '.seeds.half-width', '.seed-1', '.seed-2'].map(
    (part) => tableFacts(norms, `norms.layer-0.size${part}`).title,
  );
  expect(titles).toEqual([
    'size, layer 0, mean over seeds',
    'size, layer 0, half of the 95 % interval over seeds',
    'size, layer 0, seed 1',
    'size, layer 0, seed 2',
  ]);
  expect(tableFacts(norms, 'norms.layer-0.least.seed-2').rest).toBe('size 2 (null 0.5 to 0.7); most 2');
});

test('where columns of a row say what another is held against, each of them is told with it', () => {
  const held: TableJson = {
    ...norms,
    held: { size: { range: ['least', 'most'], null: ['least', 'size'] } },
  };
  for (const column of ['size', 'least', 'most']) {
    const facts = tableFacts(held, `norms.layer-1.${column}.seed-1`);
    expect(facts.sure).toBe('1 to 4; of all runs');
    expect(facts.null).toBe('1 to 3; of all runs');
    expect(tableFacts(held, `norms.layer-1.${column}`).null).toBe('seed 1’s 1 to 3; of all runs');
  }
});

test('of a row the other figures are told, with the nulls that are their own', () => {
  expect(tableFacts(norms, 'norms.layer-0.least').rest).toBe(
    'size 1 (null 0.1 to 0.3); most 2; each null is seed 1’s',
  );
});
