import { expect, test } from 'vitest';
import { calibrationTable } from '../../power/calibration-table.ts';
import { plantedTest, plantings } from '../../power/planting.ts';
import type { PowerPoint } from '../../power/power-points.ts';

/** Each planting returns so much less of itself than the one before. */
const points = plantings.flatMap((planting, at) =>
  (['mean', 'rms'] as const).flatMap((statistic) =>
    [0, 0.05, 1].map(
      (alpha): PowerPoint => ({
        test: plantedTest(planting, statistic),
        alpha,
        power: alpha,
        low: alpha / 2,
        high: 1,
        estimate: alpha * (1 - at / 10),
        estimateSd: 0.01,
      }),
    ),
  ),
);

const rowsAt = (bound: number) => {
  const table = calibrationTable(points, bound);
  return (table.kind === 'table' && table.rows) || [];
};

test('what is returned at the bound is set beside what the view that was planted first returns', () => {
  const rows = rowsAt(0.05);
  expect(rows).toHaveLength(12);
  const copied = rows.find((of) => of['form'] === 'ov' && of['view'] === 'K_2' && of['statistic'] === 'rms')!;
  // The fourth planting: 0.7 of its strength, 0.015 below the first, whose trials scatter by 0.01.
  expect(copied['returned']).toBeCloseTo(0.035, 12);
  expect(copied['by-first']).toBeCloseTo(0.035, 12);
  expect(copied['apart']).toBeCloseTo(-1.5, 12);
  expect(copied['power']).toBe(0.05);
  expect(rows[0]!['apart']).toBe(0);
});

test('at a strength that was not tried nothing is told', () => {
  expect(rowsAt(0.06)).toEqual([]);
});
