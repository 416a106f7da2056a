import { expect, test } from 'vitest';
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
  replicates: [{ seed: 1, rows: [{ view: 'near', found: 0.5, most: 0.75 }] }],
  replicate: 'seed',
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
