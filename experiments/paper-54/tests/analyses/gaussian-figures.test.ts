import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { gaussianFigures, gaussianTables } from '../../analyses/gaussian-figures.ts';
import { kernelSpectrum, lowRankKernelTable } from '../../analyses/low-rank-kernel.ts';
import { gaussianTriple, readGaussianNull, summariesOf } from '../../controls/gaussian-null.ts';

const params = { dModel: 24, nHeads: 2, draws: 5, seed: 54 };
const folder = mkdtempSync(join(tmpdir(), 'gaussian-figures-'));
const figures = join(folder, 'figures.json');
const reported: number[] = [];

beforeAll(async () => {
  await gaussianFigures.run({
    params,
    inputs: {},
    outputs: { figures },
    scratch: folder,
    report: ({ done }) => reported.push(done),
  });
});

afterAll(() => rmSync(folder, { recursive: true }));

test("a table's null is of its own figures of every draw, by an independent method too", () => {
  expect(reported).toEqual([1, 2, 3, 4, 5]);
  const { tables } = readGaussianNull(figures);
  const byHand = gaussianTables(la);
  expect(Object.keys(tables)).toEqual(Object.keys(byHand));
  const triples = Array.from({ length: params.draws }, (_, draw) => gaussianTriple(params, draw));
  for (const [table, figuresOf] of Object.entries(byHand)) {
    const draws = triples.map(figuresOf);
    for (const [id, { mean, low, high, sd }] of Object.entries(tables[table]!.columns)) {
      const drawn = draws.map((of) => of[id]!).toSorted((a, b) => a - b);
      const expected = drawn.reduce((sum, x) => sum + x, 0) / drawn.length;
      // Roots of eigenvalues against singular values, of 24 x 24 matrices: a divergence takes logarithms of the smallest.
      expect(mean, `${table}.${id}`).toBeCloseTo(expected, 8);
      // Of five draws the quantiles lie a tenth of the way to the next one.
      expect(low).toBeCloseTo(drawn[0]! + 0.1 * (drawn[1]! - drawn[0]!), 8);
      expect(high).toBeCloseTo(drawn[4]! - 0.1 * (drawn[4]! - drawn[3]!), 8);
      const squares = drawn.reduce((sum, x) => sum + (x - expected) ** 2, 0);
      expect(sd).toBeCloseTo(Math.sqrt(squares / 4), 8);
    }
  }
});

test('energies are those of the leading singular values', () => {
  const sigma = kernelSpectrum(gaussianTriple(params, 0), la);
  const energy = (values: Float64Array): number => values.reduce((sum, x) => sum + x * x, 0);
  const { first } = readGaussianNull(figures).tables[lowRankKernelTable.id]!;
  expect(Object.keys(first).filter((id) => id.startsWith('energy-'))).toHaveLength(params.dModel);
  expect(first['energy-5']).toBeCloseTo(energy(sigma.slice(0, 5)) / energy(sigma), 9);
});

test('draws depend on their seed and shape alone', () => {
  const entry = (of: Partial<typeof params>, draw = 0): number =>
    gaussianTriple({ ...params, ...of }, draw).q.data[0]!;
  expect(entry({ draws: 99, nHeads: 4 })).toBe(entry({}));
  expect(entry({ seed: 55 })).not.toBe(entry({}));
  expect(entry({}, 1)).not.toBe(entry({}));
});

test('what was kept of another draw is refused', () => {
  const kept = JSON.parse(readFileSync(figures, 'utf8'));
  kept.tables.asymmetry.first.rho += 1e-6;
  const other = join(folder, 'other.json');
  writeFileSync(other, JSON.stringify(kept));
  const read = (): unknown =>
    summariesOf(readGaussianNull(other), 'asymmetry', gaussianTables(la)['asymmetry']!);
  expect(errorText(read)).toMatch(
    /^KeptDiffers: rho of asymmetry, draw 0, made again, is not what gaussian-figures kept\.\n/,
  );
  expect(() =>
    summariesOf(readGaussianNull(figures), 'asymmetry', gaussianTables(la)['asymmetry']!),
  ).not.toThrow();
});

test('a table of which nothing was kept is refused', () => {
  expect(errorText(() => summariesOf(readGaussianNull(figures), 'new', () => ({ figure: 1 })))).toContain(
    'expected a figure within',
  );
});
