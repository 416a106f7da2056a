import { expect, test } from 'vitest';
import { figureColumnsOf } from '../../../../../src/site/components/figure-data-layout.ts';

type Data = Parameters<typeof figureColumnsOf>[0];

const data = {
  tables: {
    norms: {
      id: 'norms',
      columns: [{ id: 'layer', unit: '1' }],
      presentation: {
        title: 'Norms',
        replicates: { one: 'seed', many: 'seeds' },
        columns: {
          layer: { id: 'layer', label: 'layer' },
          matrix: { id: 'matrix', label: 'matrix', words: { q: 'Q' } },
          size: { id: 'size', label: 'norm of $Q$' },
          'size-null-sd': { id: 'size-null-sd', label: 'norm of $Q$, null, standard deviation' },
        },
      },
    },
  },
} as unknown as Data;

const headsOf = (columns: ReturnType<typeof figureColumnsOf>) =>
  columns.map(({ id, label, isKey }) => [id, label, isKey]);

test('rows are named by the table’s keys and their seed, also where no figure draws them, and columns by words', () => {
  const columns = figureColumnsOf(data, {
    datasets: ['norms', 'norms.reported'],
    rows: [
      { dataset: 'norms', seed: 1, layer: 0, matrix: 'q', size: 0.123456, 'size-null-sd': 1, 'size-high': 2 },
    ],
    columns: ['dataset', 'matrix', 'size', 'size-null-sd', 'size-high'],
    spec: {},
  });
  expect(headsOf(columns)).toEqual([
    ['dataset', 'figures', true],
    ['layer', 'layer', true],
    ['seed', 'seed', true],
    ['matrix', 'matrix', false],
    ['size', 'norm of $Q$', false],
    ['size-null-sd', 'norm of $Q$, null, standard deviation', false],
    ['size-high', 'norm of $Q$, upper bound', false],
  ]);
  const [first] = [{ dataset: 'norms.reported', matrix: 'q', size: 0.123456 }];
  expect(columns.map(({ text }) => text(first!))).toEqual(['reported', '–', '–', 'Q', '0.1235', '–', '–']);
});

test('a series has the names that the drawing gives its lines, and the titles of its axes', () => {
  const columns = figureColumnsOf(data, {
    datasets: ['power'],
    rows: [{ alpha: 0.5, 't1-q': 1, 't1-q-low': 0.5, other: 2 }],
    columns: ['alpha', 't1-q', 't1-q-low', 'other'],
    spec: {
      layer: [
        {
          mark: { type: 'line', color: 'blue' },
          encoding: { x: { field: 'alpha', title: 'strength' }, y: { field: 't1-q', title: 'power' } },
        },
        { mark: { type: 'area' }, encoding: { y: { field: 't1-q-low', title: 'power' } } },
      ],
      usermeta: { directLabels: { strokes: { blue: 'T1' } } },
    },
  });
  expect(headsOf(columns)).toEqual([
    ['alpha', 'strength', true],
    ['t1-q', 'T1', false],
    ['t1-q-low', 'T1, lower bound', false],
    ['other', 'other', false],
  ]);
});
