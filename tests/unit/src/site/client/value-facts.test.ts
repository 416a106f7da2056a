import { expect, test } from 'vitest';
import { seedWords } from '../../../../../src/results/replicate-words.ts';
import type { TableJson } from '../../../../../src/site/client/table-json.ts';
import { valueFacts } from '../../../../../src/site/client/value-facts.ts';
import type { ValuesJson } from '../../../../../src/site/client/values-json.ts';
import { claimOnCells } from './claim-on-cells.ts';

const shares: TableJson = {
  id: 'shares',
  title: 'Shares',
  columns: [
    { id: 'view', label: 'view', unit: null },
    { id: 'found', label: 'found', unit: '1' },
    { id: 'most', label: 'at most', unit: '1' },
  ],
  keys: ['view'],
  rows: [{ view: 'near', found: 0.5, 'found-null-low': 0.1, 'found-null-high': 0.2, most: 0.75 }],
  replicateWords: seedWords,
  nullModel: null,
  nullDraws: null,
  reported: null,
  held: {},
  nulls: {},
  summary: {},
  intervals: {},
  sentences: {},
  formulas: {},
  key: 'k',
  claims: [claimOnCells('reads', 'near.most'), claimOnCells('other', 'far.found')],
  made: [],
};

const limit: ValuesJson = {
  values: {
    limit: {
      value: 0.75,
      unit: null,
      replicates: [],
      interval: null,
      cell: 'shares.near.most',
      key: 'k',
      sentences: [],
      claims: [claimOnCells('reads')],
      made: [],
      givenAt: {},
    },
  },
  stages: {},
  formulas: {},
};

test('a value that is a figure of a table is told with its row, the null there and the claims that read it', () => {
  const { figure, rest, claims } = valueFacts(limit, 'limit', shares);
  expect(figure).toEqual({ of: 'at most, view near', at: 'tables/shares/#near', title: 'Shares' });
  expect(rest).toBe('found 0.5 (null 0.1 to 0.2)');
  expect(claims.own.map(({ id }) => id)).toEqual(['reads']);
  expect(claims.others.map(({ id }) => id)).toEqual(['other']);
  expect(valueFacts(limit, 'limit').figure).toBeUndefined();
});

test('figures of one value have titles of their own, and what they are of is the same replicate of the table’s', () => {
  const rows = shares.rows;
  const several: TableJson = { ...shares, replicates: [1, 2].map((seed) => ({ seed, rows })) };
  const of = limit.values['limit']!;
  const repeated: ValuesJson = {
    ...limit,
    values: { limit: { ...of, replicates: [1, 2].map((seed) => ({ seed: String(seed), value: seed })) } },
  };
  const { title, is, figure } = valueFacts(repeated, 'limit.seed-2', several);
  expect([title, is, figure?.of]).toEqual(['limit, seed 2', 'seed 2', 'at most, view near, seed 2']);
  expect(valueFacts(repeated, 'limit.seeds.mean').title).toBe('limit, mean over seeds');
});
