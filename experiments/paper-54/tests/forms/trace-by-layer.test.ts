import { expect, test } from 'vitest';
import { formTestsOf } from '../../forms/form-problem.ts';
import type { FormNullsRead } from '../../forms/read-form-nulls.ts';
import { traceByLayer } from '../../forms/trace-by-layer.ts';

const deltas = [0, 1];
const primary = {
  views: ['K_2', 'K_2_T', 'K_3_skip'],
  statistics: ['mean', 'rms'],
  delta: 0,
} as const;

/** A seed whose whole forms have one cosine in every test of a layer, beside nulls of one mean and spread. */
const seedOf = (cosines: readonly number[], mean: number, sd: number): FormNullsRead => ({
  draws: 9,
  nLayers: cosines.length,
  nHeads: 2,
  observed: (layer, test, head) => {
    // The sum over heads, of a form free of frequency and without a rotation.
    expect(head).toBe(2);
    expect(formTestsOf(deltas)[test]).toMatchObject({ form: 'qk', frequency: 'free', delta: 0 });
    return cosines[layer]!;
  },
  cell: (name) => {
    expect(['haar', 'signs']).toContain(name);
    if (name === 'signs') return { mean: 0.3, sd: 0.1, low: 0, high: 0, p: 0.1, maxTP: 0.1 } as never;
    return { mean, sd, low: 0, high: 0, p: 0.1, maxTP: 0.1 } as never;
  },
  pooled: () => null,
  carried: [],
});

test('a share is what the cosine has beyond its null, squared, less what turning leaves; over seeds its mean and ends', () => {
  const seeds = [seedOf([0.5, 0.02], 0.1, 0.1), seedOf([0.3, 0.03], 0.1, 0.1)];
  const table = traceByLayer(seeds, {
    primary: { ...primary, views: [...primary.views], statistics: [...primary.statistics] },
    deltas,
  });
  if (table.kind !== 'table' || !('rows' in table)) throw new Error('expected a table with rows');
  expect(table.rows?.map((row) => `${row['layer']} ${row['view']}`)).toEqual(
    [0, 1].flatMap((layer) => primary.views.map((view) => `${layer} ${view}`)),
  );
  const [first] = table.rows!;
  // (.5 - .1)^2 - .01 and (.3 - .1)^2 - .01
  expect(first!['share-highest']).toBeCloseTo(0.15, 12);
  expect(first!['share-lowest']).toBeCloseTo(0.03, 12);
  expect(first!['share']).toBeCloseTo(0.09, 12);
  expect(first!['cosine']).toBeCloseTo(0.4, 12);
  // Of (.5 - .3)^2 - .01 and nothing: what signs leave is taken off as well.
  expect(first!['beyond-signs']).toBeCloseTo(0.015, 12);
  // Within the null there is nothing, and not less.
  expect(table.rows![3]!['share']).toBe(0);
});
