import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { expect, test } from 'vitest';
import { readCalibrations, strengthOf } from '../../forms/calibration.ts';

const points = (test: string, estimates: readonly number[]) =>
  [0, 0.05, 0.5].map((alpha, at) => ({
    test,
    alpha,
    power: alpha > 0 ? 1 : 0.05,
    estimate: estimates[at]!,
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
        // What heads return grows more slowly the more is planted; a root mean square of nothing is above zero.
        rows: [
          ...points('t6-free-mean', [0, 0.04, 0.3]),
          ...points('t6-free-rms', [0.01, 0.05, 0.3]),
          ...points('t6-free-ov-k2-t-mean', [0, 0.02, 0.5]),
        ],
      },
    ]);
    const of = readCalibrations(path, 0.05);
    const neighbours = { form: 'qk', view: 'K_2' } as const;
    const [mean, rms] = [of(neighbours, 'mean'), of(neighbours, 'rms')];
    // Halfway between two strengths, and at them: sums of two terms.
    expect(mean.alpha(0.02)).toBeCloseTo(0.025, 12);
    expect(mean.alpha(0.04)).toBeCloseTo(0.05, 12);
    expect(mean.alpha(0.17)).toBeCloseTo(0.275, 12);
    expect(mean.alpha(-0.02)).toBeCloseTo(-0.025, 12);
    expect(mean.alpha(0.7)).toBeCloseTo(0.5, 12);
    expect(rms.alpha(0.01)).toBe(0);
    expect(rms.alpha(0.004)).toBe(0);
    expect(rms.alpha(0.03)).toBeCloseTo(0.025, 12);
    expect(mean.power).toBe(1);
    expect(readCalibrations(path, 0.07)(neighbours, 'rms').power).toBeNull();
    // By its own curve, and by nobody else's.
    expect(of({ form: 'ov', view: 'K_2_T' }, 'mean').alpha(0.02)).toBeCloseTo(0.05, 12);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test('scatter of the trials about nothing gives no effect a strength of its own', () => {
  for (const estimate of [-0.001, 0.001]) {
    const alpha = strengthOf([
      { alpha: 0, estimate },
      { alpha: 0.1, estimate: 0.1 },
    ]);
    expect(Math.abs(alpha(0.0005))).toBeLessThan(0.0016);
    expect(alpha(0.1)).toBe(0.1);
  }
});
