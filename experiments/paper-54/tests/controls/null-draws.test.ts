import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { figuresOfLayer } from '../../analyses/layer-table.ts';
import {
  energyId,
  kernelSpectrum,
  lowRankKernelNull,
  lowRankKernelTable,
} from '../../analyses/low-rank-kernel.ts';
import { gaussianDraws } from '../../controls/gaussian-draws.ts';
import { gaussianTriples } from '../../controls/gaussian-triples.ts';
import { drawsOf, readNullDraws } from '../../controls/null-draws.ts';

test("a null's stage keeps the table's own figures of every draw, by an independent method too", async () => {
  const folder = mkdtempSync(join(tmpdir(), 'null-draws-'));
  const draws = join(folder, 'draws.json');
  const gaussian = join(folder, 'gaussian-draws.safetensors');
  const reported: number[] = [];
  const common = { scratch: folder, report: () => undefined };
  await gaussianDraws.run({
    ...common,
    params: { dModel: 40, nHeads: 2, nullDraws: 3, nullSeed: 54 },
    inputs: {},
    outputs: { draws: gaussian },
  });
  await lowRankKernelNull.run({
    ...common,
    params: {},
    inputs: { gaussian: { draws: gaussian } },
    outputs: { draws },
    report: ({ done }) => reported.push(done),
  });
  const kept = readNullDraws(draws);
  rmSync(folder, { recursive: true });
  expect(reported).toEqual([1, 2, 3]);
  const triples = [...gaussianTriples(40, 2, 3, 54)];
  expect(kept).toHaveLength(triples.length);
  triples.forEach((triple, index) => {
    for (const [id, figure] of Object.entries(figuresOfLayer(lowRankKernelTable, triple, la))) {
      // Two decompositions in float64 of 40 x 40 matrices: rounding alone.
      expect(kept[index]?.[id], id).toBeCloseTo(figure, 9);
    }
    const sigma = kernelSpectrum(triple, la);
    const total = sigma.reduce((sum, x) => sum + x * x, 0);
    const top = sigma.slice(0, 5).reduce((sum, x) => sum + x * x, 0);
    expect(drawsOf(kept, energyId(5))[index]).toBeCloseTo(top / total, 9);
  });
});

test('draws depend on their seed and shape alone', () => {
  const first = (...of: Parameters<typeof gaussianTriples>): number =>
    gaussianTriples(...of).next().value?.q.data[0] ?? Number.NaN;
  expect(first(8, 2, 5, 1)).toBe(first(8, 4, 99, 1));
  expect(first(8, 2, 5, 2)).not.toBe(first(8, 2, 5, 1));
});
