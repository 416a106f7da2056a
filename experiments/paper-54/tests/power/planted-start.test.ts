import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { frobeniusNorm, innerProduct, type Matrix, matrix } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { expect, test } from 'vitest';
import { haarMatrix } from '../../controls/haar-matrix.ts';
import { lessFunctions } from '../../forms/token-space.ts';
import { type Parameters, randomParameters } from '../../model/parameters.ts';
import { miniatureStarts } from '../../power/miniature-starts.ts';
import { plantedStart, startStatistics } from '../../power/planted-start.ts';
import { startTrial } from '../../power/start-trial.ts';
import { trainModel } from '../../training/train-model.ts';
import { trainingOptions } from '../../training/training-options.ts';

const options = trainingOptions.omit({ seed: true }).parse({
  steps: 20,
  batchSize: 4,
  learningRate: 0.01,
  warmupSteps: 5,
  finalWindows: { heldOut: 4, train: 4 },
});
const { problem } = miniatureStarts(options);
const { shape, vocabSize, top, frequencies, onTokens, functions } = problem;
const n = shape.dModel;
const dHead = n / shape.nHeads;
const drawn = randomParameters(shape, vocabSize, 3, 'planted-start');

const weightsOf = (parameters: Parameters, layer: number) =>
  parameters.get(`blocks.${layer}.attn.c_attn.weight`)!;
const rowsOf = (parameters: Parameters, layer: number, from: number, rows: number): Matrix =>
  matrix(rows, n, Float64Array.from(weightsOf(parameters, layer).subarray(from * n, (from + rows) * n)));

/** Rows of wte, each of unit mean square, less their mean by frequency, less what frequency tells [tokens, n]. */
const embedded = (parameters: Parameters): Matrix => {
  const wte = parameters.get('wte.weight')!;
  const rows = [...top].map((id) => {
    const row = [...wte.subarray(id * n, (id + 1) * n)];
    const rms = Math.sqrt(row.reduce((sum, x) => sum + x * x, 0) / n);
    return row.map((x) => x / rms);
  });
  const total = frequencies.reduce((sum, x) => sum + x, 0);
  const centre = Array.from({ length: n }, (_, j) =>
    rows.reduce((sum, row, at) => sum + (frequencies[at]! / total) * row[j]!, 0),
  );
  const data = Float64Array.from(rows.flatMap((row) => row.map((x, j) => x - centre[j]!)));
  return lessFunctions(matrix(top.length, n, data), functions, la);
};

/** E B E^T, token by token. */
const scores = (e: Matrix, q: Matrix, k: Matrix): Matrix =>
  la.multiply(la.multiply(e, la.multiply(q, k, { transposeA: true })), e, { transposeB: true });

/** What E can carry of the view's transpose: its projection on what E spans, on either side. */
const carried = (e: Matrix): Matrix => {
  const dense = new Float64Array(top.length ** 2);
  const { rows, cols, values } = sparseTriplets(onTokens);
  values.forEach((value, at) => {
    dense[cols[at]! * top.length + rows[at]!] = value;
  });
  const gram = la.symmetricEigen(la.multiply(e, e, { transposeA: true }));
  const inverse = la.multiply(
    matrix(
      n,
      n,
      gram.vectors.data.map((x, at) => x / gram.values[at % n]!),
    ),
    gram.vectors,
    { transposeB: true },
  );
  const onto = la.multiply(la.multiply(e, inverse), e, { transposeB: true });
  return la.multiply(la.multiply(onto, matrix(top.length, top.length, dense)), onto);
};

const cosine = (a: Matrix, b: Matrix): number => innerProduct(a, b) / (frobeniusNorm(a) * frobeniusNorm(b));

test('scores on tokens, made dense, hold the view at its strength beside what was drawn, as strong as before', () => {
  const e = embedded(drawn);
  const view = carried(e);
  for (const alpha of [0, 0.3, 1]) {
    const start = plantedStart(problem, 3, alpha, la);
    for (let layer = 0; layer < shape.nLayers; layer += 1) {
      const [q, k] = [0, n].map((from) => rowsOf(start, layer, from, n)) as [Matrix, Matrix];
      const [q0, k0] = [0, n].map((from) => rowsOf(drawn, layer, from, n)) as [Matrix, Matrix];
      const own = scores(e, q0, k0);
      const rest = Math.sqrt(1 - alpha ** 2);
      const expected = matrix(
        top.length,
        top.length,
        view.data.map(
          (x, at) => (alpha * x) / frobeniusNorm(view) + (rest * own.data[at]!) / frobeniusNorm(own),
        ),
      );
      // Q and K are kept in single precision.
      expect(cosine(scores(e, q, k), expected)).toBeCloseTo(1, 9);
      expect(frobeniusNorm(q) / frobeniusNorm(q0)).toBeCloseTo(1, 6);
      expect(frobeniusNorm(k) / frobeniusNorm(k0)).toBeCloseTo(1, 6);
      // In another gauge.
      expect(Math.abs(cosine(q, q0))).toBeLessThan(0.5);
      // V and all else are as they were drawn.
      expect(rowsOf(start, layer, 2 * n, n)).toEqual(rowsOf(drawn, layer, 2 * n, n));
    }
    for (const [name, data] of drawn) if (!name.includes('c_attn')) expect(start.get(name)).toEqual(data);
  }
});

test('what T6 says of a model is the mean of its heads’ cosines, made dense, less what rotations give', () => {
  const start = plantedStart(problem, 3, 1, la);
  const e = embedded(start);
  const view = carried(e);
  // The stream turned under a model's forms is the embedding turned.
  const meanOf = (turn: Matrix | null): number => {
    const seen = turn ? la.multiply(e, turn) : e;
    let sum = 0;
    for (let layer = 0; layer < shape.nLayers; layer += 1) {
      for (let head = 0; head < shape.nHeads; head += 1) {
        const [q, k] = [0, n].map((from) => rowsOf(start, layer, from + head * dHead, dHead)) as [
          Matrix,
          Matrix,
        ];
        sum += cosine(scores(seen, q, k), view);
      }
    }
    return sum / (shape.nLayers * shape.nHeads);
  };
  const random = seededRandom(9, 'turns of the test');
  const turned = Array.from({ length: 40 }, () => meanOf(haarMatrix(n, random)));
  const expected = meanOf(null) - turned.reduce((sum, x) => sum + x, 0) / turned.length;
  const draws = 99;
  const [means, rms] = startStatistics(problem, start, { seed: 3, draws }, la);
  const sd = Math.sqrt(means!.slice(1).reduce((sum, x) => sum + x * x, 0) / draws);
  // Of means of other draws of one law: four standard errors, twice where one turn serves both layers.
  expect(Math.abs(means![0]! - expected)).toBeLessThan(4 * sd * Math.sqrt(1 / draws + 2 / turned.length));
  expect(expected).toBeGreaterThan(5 * sd);
  expect(rms![0]).toBeGreaterThanOrEqual(means![0]!);
  // A seed's rotations are its own, and the same whatever the model holds.
  expect(startStatistics(problem, start, { seed: 4, draws }, la)[0]).not.toEqual(means);
});

test('a model is looked at after the steps that are named, as it is after so many of a training like any', async () => {
  const scratch = mkdtempSync(join(tmpdir(), 'planted-start-'));
  try {
    const native = await loadLinearAlgebra();
    const { train, heldOut, trial } = miniatureStarts(options);
    const own = { ...options, ...miniatureStarts(options).options };
    const { figures, losses } = await startTrial(
      problem,
      { options: own, train, heldOut, scratch },
      trial,
      native,
    );
    const looks = new Map<number, readonly Float64Array[]>();
    const lossOf = new Map<number, number>();
    const start = plantedStart(problem, trial.seed, trial.alpha, native);
    looks.set(0, startStatistics(problem, start, trial, native));
    await trainModel({
      shape,
      vocabSize,
      options: { ...own, seed: trial.seed },
      train,
      heldOut,
      start,
      frozen: new Set(),
      scratch,
      report: () => undefined,
      observe: ({ step, trainLossNats }, trained) => {
        looks.set(step, startStatistics(problem, trained(), trial, native));
        lossOf.set(step, trainLossNats);
      },
    });
    expect([...looks.keys()].length).toBe(21);
    trial.steps.forEach((step, place) => {
      const [mean, rms] = looks.get(step)!;
      // value, effect and p of the mean, then of the root mean square.
      const of = figures.subarray(6 * place, 6 * place + 6);
      expect(of[0]).toBe(mean![0]);
      expect(of[1]).toBe(mean![0]);
      const centre = mean!.slice(1).reduce((sum, x) => sum + x, 0) / trial.draws;
      const asFar = [...mean!.slice(1)].filter((x) => Math.abs(x - centre) >= Math.abs(mean![0]! - centre));
      expect(of[2]).toBeCloseTo((1 + asFar.length) / (1 + trial.draws), 12);
      expect(of[3]).toBe(rms![0]);
      const chance = rms!.slice(1).reduce((sum, x) => sum + x * x, 0) / trial.draws;
      expect(of[4]).toBeCloseTo(Math.sqrt(Math.max(0, rms![0]! ** 2 - chance)), 12);
    });
    expect([...losses]).toEqual(trial.steps.map((step) => lossOf.get(step) ?? Number.NaN));
  } finally {
    rmSync(scratch, { recursive: true });
  }
});
