import { expect, test } from 'vitest';
import { formTestsOf } from '../../forms/form-problem.ts';
import type { FormNullsRead } from '../../forms/read-form-nulls.ts';
import { traceByLayer, wholeForms } from '../../forms/trace-by-layer.ts';

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
  // Of two runs Student's t is 12.706 for an interval of 95 %, and their mean's error half of what they differ by.
  const [low, high] = [Math.sqrt(0.03), Math.sqrt(0.15)];
  expect(first!['limit']).toBeCloseTo(((low + high) / 2 + (12.706 * (high - low)) / 2) ** 2, 3);
  // Within the null there is nothing, and not less.
  expect(table.rows![3]!['share']).toBe(0);
});

test('whole forms of either kind: what layers have on average, whose chance is not cut off layer by layer', () => {
  const tests = formTestsOf(deltas);
  const options = {
    primary: { ...primary, views: [...primary.views], statistics: [...primary.statistics] },
    deltas,
  };
  /** Two layers of which the second has less than chance; copying forms have twice the cosine. */
  const formsOf = (cosine: number) =>
    ({
      ...seedOf([cosine, 0], 0, 0.1),
      observed: (layer: number, test: number) =>
        layer === 1 ? 0 : tests[test]!.form === 'ov' ? 2 * cosine : cosine,
      cell: () => ({ mean: 0, sd: 0.1 }) as never,
    }) as FormNullsRead;
  const rowsOf = (cosines: readonly number[]) => {
    const table = wholeForms(cosines.map(formsOf), options);
    if (table.kind !== 'table' || !('rows' in table)) throw new Error('expected a table with rows');
    return table.rows!;
  };
  const rows = rowsOf([0.3, 0.5]);
  expect(rows.map((row) => `${row['form']} ${row['view']}`)).toEqual(
    ['qk', 'ov'].flatMap((form) => primary.views.map((view) => `${form} ${view}`)),
  );
  // (.3^2 - .01 - .01) / 2 and (.5^2 - .01 - .01) / 2, and of .6 and 1 the same.
  expect(rows[0]!['share']).toBeCloseTo((0.035 + 0.115) / 2, 12);
  expect(rows[3]!['share']).toBeCloseTo((0.17 + 0.49) / 2, 12);
  // Of two trainings Student's t is 12.706 at nineteen in twenty.
  const [low, high] = [Math.sqrt(0.035), Math.sqrt(0.115)];
  expect(rows[0]!['limit']).toBeCloseTo(((low + high) / 2 + (12.7062 * (high - low)) / 2) ** 2, 4);
  expect(rowsOf([0.3])[0]).toMatchObject({ share: rowsOf([0.3])[0]!['limit'] });
});
