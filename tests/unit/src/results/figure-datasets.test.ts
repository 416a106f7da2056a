import { expect, test } from 'vitest';
import { summariseSeeds } from '../../../../src/numerics/summarise-seeds.ts';
import { figureDatasets } from '../../../../src/results/figure-datasets.ts';
import type { ClaimResult } from '../../../../src/results/paper-data.ts';
import { normsTable, shownAs } from './norms-table.ts';

const nothingSaid = { claims: {}, statements: [] };
const origin = { key: 'k', stages: ['norms'] };
const withNull = (value: number) => ({ value, null: { low: 0, high: 1, mean: 0.5, sd: 0.2 } });

test('a figure draws every replicate, their mean with its interval, or what the original reports', () => {
  const table = normsTable({
    1: [{ matrix: 'Q', layer: 0, size: withNull(1) }],
    2: [{ matrix: 'Q', layer: 0, size: withNull(4) }],
  });
  const reported = {
    columns: [{ id: 'layer', label: 'layer', unit: null }],
    rows: [{ layer: 0, matrix: 'Q', size: ['1.5', '2.5'] as [string, string] }],
  };
  const datasets = figureDatasets({
    tables: { norms: { ...table, ...origin, reported, presentation: shownAs(table) } },
    series: {},
    ...nothingSaid,
  });
  const nulls = { 'size-null-low': 0, 'size-null-high': 1, 'size-null-mean': 0.5, 'size-null-sd': 0.2 };
  expect(datasets['norms']).toEqual([
    { seed: 1, matrix: 'Q', layer: 0, size: 1, ...nulls },
    { seed: 2, matrix: 'Q', layer: 0, size: 4, ...nulls },
  ]);
  const { mean, low, high } = summariseSeeds([1, 4]);
  expect(datasets['norms.mean']).toEqual([
    { matrix: 'Q', layer: 0, size: mean, 'size-low': low, 'size-high': high, ...nulls },
  ]);
  expect(datasets['norms.reported']).toEqual([{ layer: 0, matrix: 'Q', size: 1.5, 'size-high': 2.5 }]);
});

test('curves of different length have no mean', () => {
  const points = (n: number) => Array.from({ length: n }, (_, step) => ({ step }));
  const series = {
    kind: 'series' as const,
    id: 'curve',
    columns: [{ id: 'step', unit: null }],
    replicates: [
      { seed: 1, rows: points(2) },
      { seed: 2, rows: points(3) },
    ],
    ...origin,
  };
  expect(Object.keys(figureDatasets({ tables: {}, series: { curve: series }, ...nothingSaid }))).toEqual([
    'curve',
  ]);
});

test('a claim gives its verdict to a word, and a statement of the original its bounds to a mark', () => {
  const claim = { verdict: 'fails' } as ClaimResult;
  const statement = { id: 'any-layer', where: 'abstract', fact: 'no r exceeds', high: '0.012' };
  expect(
    figureDatasets({ tables: {}, series: {}, claims: { twins: claim }, statements: [statement] }),
  ).toEqual({
    'claim.twins': [{ claim: 'twins', verdict: 'fails' }],
    'statement.any-layer': [{ statement: 'any-layer', high: 0.012 }],
  });
});
