import { expect, test } from 'vitest';
import { compareFigures } from '../../../../src/recompute/compare-figures.ts';
import { fixed, scientific, share, significant } from '../../../../src/results/format.ts';
import type { Row } from '../../../../src/results/result-schema.ts';
import { normsTable, shownAs } from '../results/norms-table.ts';

const row = (size: Row[string]): Row => ({ matrix: 'Q', layer: 0, size });
const cell = 'norms.q-layer-0.size';

/** One cell, published and computed anew, in a format. */
const compared = (published: Row[string], anew: Row[string], format = fixed(2)) => {
  const table = normsTable([row(published)]);
  const presentation = shownAs(table, { columns: { matrix: {}, layer: {}, size: { format } } });
  return compareFigures({ table, presentation }, [{ seed: null, rows: [row(anew)] }]).find(
    ({ id }) => id === cell,
  )!;
};

test('a cell matches within half a unit of its last printed digit, and not beyond', () => {
  expect(compared(1.234, 1.234)).toMatchObject({ matches: true, relativeDifference: 0 });
  // 1.23 both.
  expect(compared(1.2301, 1.2349).matches).toBe(true);
  // Printed as 1.23 and 1.24, a rounding apart.
  expect(compared(1.2349999, 1.2350001)).toMatchObject({
    published: '1.23',
    recomputed: '1.24',
    matches: true,
  });
  expect(compared(1.2349, 1.2401)).toMatchObject({ published: '1.23', recomputed: '1.24', matches: false });
  expect(compared(0.12344, 0.12351, share(2)).matches).toBe(false);
  expect(compared(0.123451, 0.123449, share(2)).matches).toBe(true);
  expect(compared(3.21e-9, 3.26e-9, scientific(2)).matches).toBe(false);
  expect(compared(3.2149e-9, 3.2151e-9, scientific(2)).matches).toBe(true);
  expect(compared(1234, 1245, significant(3)).matches).toBe(false);
  expect(compared(1234.9, 1235.1, significant(3)).matches).toBe(true);
});

test('zero, a word and a cell that is gone are no near miss', () => {
  expect(compared(0, 0)).toMatchObject({ matches: true, relativeDifference: 0 });
  expect(compared(0, 1).relativeDifference).toBe(Number.POSITIVE_INFINITY);
  expect(compared(1, null)).toMatchObject({ recomputed: null, matches: false });
});

test('numbers that print as they are must be equal', () => {
  const table = normsTable([row(3)]);
  const anew = (size: number) =>
    compareFigures({ table, presentation: shownAs(table) }, [{ seed: null, rows: [row(size)] }]).find(
      ({ id }) => id === cell,
    )!.matches;
  expect(anew(3)).toBe(true);
  expect(anew(3.0001)).toBe(false);
});

test('what stands at a cell is compared too', () => {
  const held = (low: number) => ({ value: 1, null: { low, high: 2, mean: 1, sd: 1 } });
  const table = normsTable([row(held(0.5))]);
  const figures = compareFigures({ table, presentation: shownAs(table) }, [
    { seed: null, rows: [row(held(0.6))] },
  ]);
  expect(figures.filter(({ matches }) => !matches).map(({ id }) => id)).toContain(`${cell}-null-low`);
});

test('what a replicate that was not computed has a part in is left out', () => {
  const table = normsTable({ 1: [row(1)], 2: [row(2)] });
  const presentation = shownAs(table);
  const ids = (seeds: readonly number[]) =>
    compareFigures(
      { table, presentation },
      seeds.map((seed) => ({ seed, rows: [row(seed)] })),
    )
      .map(({ id }) => id)
      .filter((id) => id.startsWith(cell));
  expect(ids([1])).toEqual([cell, `${cell}.seed-1`]);
  expect(ids([1, 2])).toEqual([
    cell,
    `${cell}.seeds.mean`,
    `${cell}.seeds.low`,
    `${cell}.seeds.high`,
    `${cell}.seeds.half-width`,
    `${cell}.seed-1`,
    `${cell}.seed-2`,
  ]);
  const anew = [
    { seed: 1, rows: [row(1)] },
    { seed: 2, rows: [row(4)] },
  ];
  const differing = compareFigures({ table, presentation }, anew).filter(({ matches }) => !matches);
  expect(differing.map(({ id }) => id)).toContain(`${cell}.seeds.mean`);
});
