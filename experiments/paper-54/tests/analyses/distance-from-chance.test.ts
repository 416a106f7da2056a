import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { expect, test } from 'vitest';
import { distanceFromChance, distanceSources } from '../../analyses/distance-from-chance.ts';
import { type SeedAnalysis, seedInputs } from '../../analyses/seed-tables.ts';

/** A mean of 3 over two layers, whose null has a mean of 1 and a standard deviation of 2 in each. */
const cell = (value: number) => ({ value, null: { low: -3, high: 5, mean: 1, sd: 2 } });

type Table = Extract<Parameters<typeof writeResults>[1][number], { kind: 'table' }>;

const table = (
  id: string,
  column: string,
  rows: readonly Row[],
  keys: readonly string[] = ['layer'],
): Table => ({
  kind: 'table',
  id,
  run: null,
  keys: [...keys],
  columns: [...keys.map(nameColumn), numberColumn(column)],
  rows: [...rows],
});
const layers = (column: string) => [2, 4].map((x, layer) => ({ layer, [column]: cell(x) }));

test('a mean over layers is as far from chance as half-widths of the null of such a mean', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'distance-'));
  try {
    const path = (name: SeedAnalysis | 'ladder' | 'result'): string => join(folder, `${name}.json`);
    writeResults(path('form'), [table('form-test', 'k2', layers('k2'))]);
    writeResults(path('structure'), [table('form-symmetry', 'rho', layers('rho'))]);
    writeResults(path('bands'), [table('band-energy', 'q', [{ band: '0-32', q: cell(3) }], ['band'])]);
    writeResults(path('twinning'), [
      {
        ...table(
          'spectral-twinning',
          'kl-q-k',
          [2, 4].map((x, layer) => ({ layer, 'kl-q-k': cell(x), 'kl-v-mp': cell(x) })),
        ),
        columns: [nameColumn('layer'), numberColumn('kl-q-k'), numberColumn('kl-v-mp')],
      },
    ]);
    writeResults(path('crescendo'), [
      {
        ...table(
          'value-crescendo',
          'v-over-q',
          [0.5, 1].map((x, layer) => ({ layer, 'v-over-q': x, 'v-over-q-init': 1 + layer / 100 })),
        ),
        columns: [nameColumn('layer'), numberColumn('v-over-q'), numberColumn('v-over-q-init')],
      },
    ]);
    writeResults(path('against'), [
      table(
        'low-rank-nulls',
        'effective-rank',
        [2, 4].map((x, layer) => ({ matrix: 'Q K^T', layer, 'effective-rank': cell(x) })),
        ['matrix', 'layer'],
      ),
    ]);
    writeResults(path('drift'), [table('non-uniqueness', 'corr-q', layers('corr-q'))]);
    writeResults(path('ladder'), [
      table(
        'training-ladder',
        'loss',
        [
          { method: 'ct-sft', loss: 2 + Math.log(1.5) },
          { method: 'v1', loss: 2 },
        ],
        ['method'],
      ),
    ]);
    const result = path('result');
    await distanceFromChance.run({
      params: { seeds: [1] },
      inputs: {
        ladder: { result: path('ladder') },
        ...seedInputs(distanceSources, [1], (analysis) => ({ result: path(analysis) })),
      },
      outputs: { result },
      scratch: folder,
      report: () => {},
    });
    const written: readonly { readonly rows: readonly Record<string, unknown>[] }[] = JSON.parse(
      readFileSync(result, 'utf8'),
    ).results;
    const [rows, trainings] = written.map((one) => one.rows) as [
      readonly Record<string, unknown>[],
      readonly Record<string, unknown>[],
    ];
    const of = (quantity: string) => rows.find((row) => row['quantity'] === quantity)!;
    // (3 - 1) / (1.96 x 2 / sqrt 2); python: statistics.NormalDist().inv_cdf(.975)
    expect(of('counts in attention')['distance']).toBeCloseTo(2 / (1.9599639845400536 * Math.SQRT2), 10);
    expect(of('counts in attention')['reported']).toBeNull();
    // One row's own interval is read as it stands: -3 to 5.
    expect(of('Q in leading band')['distance']).toBeCloseTo(0.5, 12);
    // Doubled, where the init's own order gives at most a hundredth either way.
    expect(of('V/Q grows with depth')['value']).toBe(2);
    expect(of('V/Q grows with depth')['chance-high']).toBeCloseTo(1.01, 12);
    expect(of('two runs alike')['value']).toBe(3);
    // Half as much again, of which chance says nothing.
    expect(of('perplexity gap')['value']).toBeCloseTo(0.5, 12);
    expect(of('perplexity gap')['distance']).toBeNull();
    expect(of('perplexity gap')['reported']).toBe(0.027);
    expect(trainings).toContainEqual({ quantity: 'V/Q grows with depth', training: 1, value: 2 });
    expect(of('rank of QKᵀ')['reported']).toBeCloseTo(36.2, 10);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
