import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { expect, test } from 'vitest';
import { readCalibration } from '../../forms/calibration.ts';

const points = (test: string, slope: number) =>
  [0, 0.05, 0.5].map((alpha) => ({
    test,
    alpha,
    power: alpha > 0 ? 1 : 0.05,
    estimate: slope * alpha,
  }));

test('an effect is read by what was planted, and the power is that at the bound', () => {
  const folder = mkdtempSync(join(tmpdir(), 'calibration-'));
  try {
    const path = join(folder, 'power.json');
    writeResults(path, [
      {
        kind: 'table',
        id: 'power',
        run: null,
        keys: ['test', 'alpha'],
        columns: [nameColumn('test'), nameColumn('alpha'), numberColumn('power'), numberColumn('estimate')],
        rows: [...points('t6-free-mean', 0.6), ...points('t6-free-rms', 0.75)],
      },
    ]);
    const { mean, rms } = readCalibration(path, 0.05);
    expect(mean.slope).toBeCloseTo(0.6, 12);
    expect(rms.slope).toBeCloseTo(0.75, 12);
    expect(mean.power).toBe(1);
    expect(readCalibration(path, 0.07).rms.power).toBeNull();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
