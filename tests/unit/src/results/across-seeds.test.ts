import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { summariseSeeds } from '../../../../src/numerics/summarise-seeds.ts';
import { acrossSeeds, acrossSeedsOf } from '../../../../src/results/across-seeds.ts';
import { deriveValues } from '../../../../src/results/derive-values.ts';
import { readResults } from '../../../../src/results/read-results.ts';
import type { Cell, Table } from '../../../../src/results/result-schema.ts';
import { tableAcrossSeeds, tableOfSeed } from '../../../../src/results/seed-columns.ts';
import { errorText } from '../../../error-text.ts';

const fixed = { style: 'fixed', digits: 2 } as const;
const signed = { style: 'signed', digits: 2 } as const;

/** A table of two layers: a figure with its null, a figure that no seed changes, and a word. */
const tableOf = (figures: readonly number[], low: number, word: string): Table => ({
  kind: 'table',
  id: 'norms',
  run: 'v1',
  columns: [
    { id: 'layer', label: 'layer', unit: null, format: { style: 'count' } },
    { id: 'size', label: 'size', unit: '1', format: signed },
    { id: 'width', label: 'width', unit: '1', format: fixed },
    { id: 'said', label: 'said', unit: null },
    {
      id: 'size-null-low',
      label: 'low',
      unit: '1',
      format: signed,
      beside: { column: 'size', role: 'null-low' },
    },
  ],
  rows: figures.map((size, layer) => ({ layer, size, width: 7, said: word, 'size-null-low': low })),
  nullModel: 'drawn',
});

const seeds = [
  [1, tableOf([1, 10], 0, 'yes')],
  [2, tableOf([3, 10], 5, 'yes')],
  [3, tableOf([5, 16], 9, 'no')],
] as const;
const across = tableAcrossSeeds([...seeds]);

test("the interval is Student's, by the quantiles' closed forms for one and two degrees of freedom", () => {
  // One degree of freedom is Cauchy's law: tan(pi (p - 1/2)).
  const two = summariseSeeds([1, 3]);
  expect(two.mean).toBe(2);
  expect(two.sd).toBeCloseTo(Math.SQRT2, 12);
  // jstat inverts the incomplete beta function to some ten digits.
  expect(two.halfWidth).toBeCloseTo(Math.tan(Math.PI * 0.475) * (Math.SQRT2 / Math.SQRT2), 8);
  // Two: (2 p - 1) sqrt(2 / (4 p (1 - p))).
  const three = summariseSeeds([1, 3, 5]);
  const t = 0.95 * Math.sqrt(2 / (4 * 0.975 * 0.025));
  expect(three.high - three.mean).toBeCloseTo((t * 2) / Math.sqrt(3), 8);
  expect(three.mean - three.low).toBeCloseTo(three.halfWidth, 12);
});

test("the first seed's columns stay, and only what differs between seeds gets columns beside it", () => {
  const first = seeds[0][1];
  expect(across.columns.slice(0, first.columns.length)).toEqual(first.columns);
  expect(across.columns.slice(first.columns.length).map(({ id, beside }) => [id, beside])).toEqual([
    ['size-seed-mean', { column: 'size', role: 'seed-mean' }],
    ['size-seed-low', { column: 'size', role: 'seed-low' }],
    ['size-seed-high', { column: 'size', role: 'seed-high' }],
    ['size-seed-2', { column: 'size', role: 'seed', seed: 2 }],
    ['size-seed-3', { column: 'size', role: 'seed', seed: 3 }],
    ['said-seed-2', { column: 'said', role: 'seed', seed: 2 }],
    ['said-seed-3', { column: 'said', role: 'seed', seed: 3 }],
    ['size-null-low-seed-2', { column: 'size', role: 'null-low', seed: 2 }],
    ['size-null-low-seed-3', { column: 'size', role: 'null-low', seed: 3 }],
  ]);
  for (const [row, cells] of first.rows.entries()) expect(across.rows[row]).toMatchObject(cells);
  expect(across.rows[0]).toMatchObject({ 'size-seed-mean': 3, 'size-seed-2': 3, 'said-seed-3': 'no' });
  expect(across.seeds?.numbers).toEqual([1, 2, 3]);
});

test('a figure that all seeds share has no interval', () => {
  const shared = tableAcrossSeeds([
    [1, tableOf([1, 10], 0, 'yes')],
    [2, tableOf([3, 10], 0, 'yes')],
  ]);
  expect(shared.rows[1]).toMatchObject({ 'size-seed-mean': null, 'size-seed-low': null, 'size-seed-2': 10 });
});

test("each seed's own table can be taken out again, its null and its words with it", () => {
  for (const [seed, table] of seeds) expect(tableOfSeed(across, seed)).toEqual(table);
});

test('prose can name the spread and each further seed, of a cell and of an aggregate', () => {
  const values = deriveValues(across);
  const value = (id: string): Cell | undefined => values.get(id)?.value;
  expect(value('norms.layer-0.size')).toBe(1);
  expect(value('norms.layer-0.size.seeds.mean')).toBe(3);
  expect(value('norms.layer-0.size.seed-3')).toBe(5);
  expect(value('norms.layer-0.said.seed-3')).toBe('no');
  // Means over layers: 5.5, 6.5 and 10.5.
  expect(value('norms.size.mean.seeds.mean')).toBeCloseTo(7.5, 12);
  const { low, high, halfWidth } = summariseSeeds([5.5, 6.5, 10.5]);
  expect(value('norms.size.mean.seeds.low')).toBe(low);
  expect(value('norms.size.mean.seeds.high')).toBe(high);
  expect(values.get('norms.size.mean.seeds.half-width')).toEqual({
    value: halfWidth,
    unit: '1',
    format: fixed,
  });
  expect(values.has('norms.size-seed-2.mean')).toBe(false);
  expect(values.has('norms.width.mean.seeds.mean')).toBe(false);
});

test('a width is printed with as many digits as it needs, so that it never looks like none', () => {
  const narrow = tableAcrossSeeds([
    [1, tableOf([1, 10], 0, 'yes')],
    [2, tableOf([1.00002, 12], 0, 'yes')],
  ]);
  const format = (id: string) => deriveValues(narrow).get(`norms.${id}.seeds.half-width`)?.format;
  // 0.00001 times 12.7, and 1 times 12.7: half of the difference times the quantile.
  expect(format('layer-0.size')).toEqual({ style: 'fixed', digits: 4 });
  expect(format('layer-1.size')).toEqual(fixed);
});

test('tables that differ in more than their figures are refused', () => {
  expect(
    errorText(() =>
      tableAcrossSeeds([
        [1, tableOf([1, 2], 0, 'yes')],
        [4, tableOf([1], 0, 'yes')],
      ]),
    ),
  ).toBe(
    [
      "SeedsDisagree: table 'norms' is another one in seed 4.",
      '  expected layer-0, layer-1 as in seed 1',
      '  received layer-0',
      '  hint: an analysis gives the same rows and columns for every run of one shape: see its stage.',
    ].join('\n'),
  );
});

test('the stage joins the files of all seeds: tables, values, and the series of the first', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'across-seeds-'));
  const path = (name: string): string => join(folder, name);
  const series = { kind: 'series', id: 'points', columns: [seeds[0][1].columns[0]], rows: [{ layer: 0 }] };
  for (const [seed, table] of seeds) {
    const value = { kind: 'value', id: 'gap', value: seed, unit: '1', format: fixed };
    writeFileSync(path(`${seed}.json`), JSON.stringify({ results: [table, value, series] }));
  }
  const inputs = Object.fromEntries(
    seeds.map(([seed]) => [`seed-${seed}`, { result: path(`${seed}.json`) }]),
  );
  expect(Object.keys(acrossSeedsOf([1, 2, 3]).inputs)).toEqual(Object.keys(inputs));
  await acrossSeeds.run({
    params: { seeds: [1, 2, 3] },
    inputs,
    outputs: { result: path('result.json') },
    scratch: folder,
    report: () => {},
  });
  const { results } = readResults(readFileSync(path('result.json'), 'utf8'), 'result.json');
  expect(results.map(({ id }) => id)).toEqual([
    'norms',
    'gap',
    'gap.seeds.mean',
    'gap.seeds.low',
    'gap.seeds.high',
    'gap.seed-2',
    'gap.seed-3',
    'points',
  ]);
  expect(results[0]).toEqual(across);
  expect(results.flatMap((result) => (result.kind === 'value' ? [result.value] : [])).slice(0, 2)).toEqual([
    1, 2,
  ]);
  rmSync(folder, { recursive: true });
});
