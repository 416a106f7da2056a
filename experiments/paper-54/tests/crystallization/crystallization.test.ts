import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseFromTriplets } from 'reproducible-paper/numerics/sparse-matrix';
import { nativeKernels } from 'reproducible-paper/tensor/native-kernels';
import { expect, test } from 'vitest';
import { ctInit, ctSpectrum } from '../../crystallization/ct-init.ts';
import { ctLiteralEmbedding, ctLiteralRow } from '../../crystallization/ct-literal.ts';
import { fitGain, goldenSection, normalisedRows } from '../../crystallization/fit-gain.ts';
import { headLoss } from '../../crystallization/head-loss.ts';
import { ladderBaselines } from '../../crystallization/ladder-baselines.ts';
import { moebius, moebiusKernel } from '../../crystallization/moebius.ts';

const n = 12;
const random = seededRandom(6, 'counts');
const counts = Array.from({ length: n * n }, () => (random.uniform() < 0.5 ? random.integer(9) : 0));
const rows = Int32Array.from({ length: n * n }, (_, at) => Math.floor(at / n));
const k2 = sparseFromTriplets(n, n, {
  rows,
  cols: rows.map((_, at) => at % n),
  values: Float64Array.from(counts),
});

test('the Moebius function has its known values', () => {
  expect([...moebius(12)]).toEqual([1, -1, -1, 0, -1, 1, -1, 0, 0, 1, -1, 0]);
  expect(moebiusKernel(6)[5]).toBeCloseTo(1 / 6, 12);
});

/** 2-D discrete Fourier transform by its definition: [real, imaginary] of each entry. */
const transform = (a: readonly (readonly [number, number])[], sign: number): [number, number][] =>
  a.map((_, at) => {
    const [u, v] = [Math.floor(at / n), at % n];
    let [re, im] = [0, 0];
    a.forEach(([x, y], from) => {
      const angle = (sign * 2 * Math.PI * (u * Math.floor(from / n) + v * (from % n))) / n;
      re += x * Math.cos(angle) - y * Math.sin(angle);
      im += x * Math.sin(angle) + y * Math.cos(angle);
    });
    return [re, im];
  });

test('the literal formula, by way of its diagonals, is the dense one', () => {
  const kernel = moebiusKernel(n);
  const d = transform(
    counts.map((count) => [Math.log1p(count), 0] as const),
    -1,
  );
  const circ = transform(
    Array.from({ length: n * n }, (_, at) => [kernel[((at % n) - Math.floor(at / n) + n) % n]!, 0] as const),
    -1,
  );
  const product = d.map(([x, y], at) => {
    const [p, q] = circ[at]!;
    return [x * p - y * q, x * q + y * p] as const;
  });
  const w = transform(product, 1).map(([re]) => re / (n * n));
  const row = ctLiteralRow({ ...k2, values: k2.values.map(Math.log1p) });
  w.forEach((value, at) => {
    // 144-term sums, three times over, in float64.
    expect(row[((at % n) - Math.floor(at / n) + n) % n]).toBeCloseTo(value, 9);
  });
});

test('the literal embedding forgets which token is which: every row is another turned', () => {
  const e = ctLiteralEmbedding(k2, 4, 0.02);
  expect(e[1 * 4 + 1]).toBeCloseTo(e[0]!, 12);
  expect(Math.sqrt(e.reduce((sum, x) => sum + x * x, 0) / e.length)).toBeCloseTo(0.02, 12);
});

test('without the kernel and at full width, ct-init gives back the mixture that it embeds', () => {
  const width = n + 1;
  const spectrum = ctSpectrum(k2, la, { kappa: 20, width, seed: 1 });
  const { embedding, eigenvalues, unigramScale } = ctInit(spectrum, { kernel: false, width, rms: 0.02 });
  const margins = Array.from({ length: n }, (_, x) =>
    Array.from({ length: n }, (__, y) => counts[x * n + y]! + counts[y * n + x]!).reduce(
      (sum, c) => sum + c,
      0,
    ),
  );
  const total = margins.reduce((sum, m) => sum + m, 0);
  const p = margins.map((m) => (m + 0.5) / (total + n / 2));
  // One scale was taken out of all columns: found from one entry, then it must fit every other.
  const product = (x: number, y: number): number =>
    eigenvalues.reduce(
      (sum, value, j) =>
        sum + Math.sign(value) * embedding[x * width + 1 + j]! * embedding[y * width + 1 + j]!,
      0,
    );
  const m = (x: number, y: number): number =>
    Math.log1p((counts[x * n + y]! + counts[y * n + x]!) / (total * 20 * p[x]! * p[y]!));
  const scale = m(0, 0) > 0 ? product(0, 0) / m(0, 0) : product(0, 1) / m(0, 1);
  for (let x = 0; x < n; x += 1) {
    for (let y = 0; y < n; y += 1) expect(product(x, y) / scale).toBeCloseTo(m(x, y), 8);
  }
  const logs = p.map(Math.log);
  const mean = logs.reduce((sum, value) => sum + value, 0) / n;
  for (let x = 0; x < n; x += 1)
    expect(embedding[x * width]! / unigramScale).toBeCloseTo(logs[x]! - mean, 10);
});

test('a search in one dimension finds the lowest point', () => {
  expect(goldenSection((x) => (x - 1.3) ** 2, -6, 6, 1e-6)).toBeCloseTo(1.3, 5);
  // The gain is searched by its logarithm, to two hundredths.
  expect(Math.abs(Math.log(fitGain((s) => Math.abs(Math.log(s) - 0.7))) - 0.7)).toBeLessThan(0.02);
});

test("the head's loss is the mean of -log softmax, by its definition", () => {
  const kernels = nativeKernels();
  const [vocab, width] = [9, 4];
  const embedding = seededRandom(1, 'e').normals(vocab * width);
  const finalNorm = { s: 1, gain: Float64Array.of(0, 1, 2, -1), bias: Float64Array.of(1, 0, 0, 0.5) };
  const pairs = { x: Int32Array.of(0, 3, 8), y: Int32Array.of(1, 1, 7) };
  const normal = normalisedRows(embedding, width, pairs.x, finalNorm);
  let expected = 0;
  pairs.y.forEach((y, at) => {
    const logits = Array.from({ length: vocab }, (_, token) =>
      [0, 1, 2, 3].reduce((sum, j) => sum + normal[at * width + j]! * embedding[token * width + j]!, 0),
    );
    expected += Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit), 0)) - logits[y]!;
  });
  // float32 logits against float64 ones.
  expect(headLoss(kernels, embedding, width, finalNorm, pairs)).toBeCloseTo(expected / 3, 5);
});

test('the baselines of the ladder on a text worked by hand', () => {
  const tokens = Int32Array.from({ length: 400 }, (_, at) => at % 2);
  const { uniform, unigram, bigram } = ladderBaselines(tokens, tokens, 4);
  expect(uniform.heldOutLossNats).toBeCloseTo(Math.log(4), 12);
  // 200.5 of 402 each for the two tokens seen; every second target of 399 is a 1.
  expect(unigram.heldOutLossNats).toBeCloseTo(-Math.log(200.5 / 402), 12);
  // Each token decides the next: after EM the bigram carries all but a little of the weight.
  expect(bigram.heldOutLossNats).toBeLessThan(1e-3);
});
