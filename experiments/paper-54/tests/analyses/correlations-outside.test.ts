import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { expect, test } from 'vitest';
import { correlationsOutside, outsideSources } from '../../analyses/correlations-outside.ts';
import { seedInputs } from '../../analyses/seed-tables.ts';

const views = ['k2', 'k2-t', 'k3', 'ete', 'identity'];

test('what lies beyond either end of its null is counted, by view and over all trainings', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'outside-'));
  try {
    const path = (name: string): string => join(folder, `${name}.json`);
    // Beyond both ends with neighbours, beyond one with the identity in the second training.
    const found: Readonly<Record<number, Readonly<Record<string, readonly number[]>>>> = {
      1: { k2: [-3, 0, 3] },
      2: { k2: [2.5, 1, -1], identity: [0, 0, 2.1] },
    };
    for (const [seed, rs] of Object.entries(found)) {
      writeResults(path(seed), [
        {
          kind: 'table',
          id: 'correlations-by-layer',
          run: null,
          keys: ['matrix', 'layer'],
          columns: [nameColumn('matrix'), nameColumn('layer'), ...views.map((id) => numberColumn(id))],
          rows: [0, 1, 2].map((layer) => ({
            matrix: 'Q',
            layer,
            ...Object.fromEntries(
              views.map((view) => [
                view,
                { value: rs[view]?.[layer] ?? 0, null: { low: -2, high: 2, mean: 0, sd: 1 } },
              ]),
            ),
          })),
        },
      ]);
    }
    const result = path('result');
    await correlationsOutside.run({
      params: { seeds: [1, 2] },
      inputs: seedInputs(outsideSources, [1, 2], (_, seed) => ({ result: path(String(seed)) })),
      outputs: { result },
      scratch: folder,
      report: () => {},
    });
    const { rows } = JSON.parse(readFileSync(result, 'utf8')).results[0];
    expect(rows[0]).toEqual({ view: 'k2', points: 6, outside: 3, expected: 6 * 0.05 });
    expect(rows.at(-1)).toEqual({ view: 'all', points: 30, outside: 4, expected: 1.5 });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});
