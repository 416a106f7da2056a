import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { identity, zeros } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import {
  antisymmetric,
  gaussian,
  orthogonal,
  rankOne,
  symmetric,
} from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { asymmetryTable } from '../../analyses/asymmetry.ts';
import { figuresOfLayer, type LayerTable } from '../../analyses/layer-table.ts';
import { lowRankFormTable, lowRankKernelTable } from '../../analyses/low-rank-kernel.ts';
import { spectralTwinningTable } from '../../analyses/spectral-twinning.ts';
import { valueCrescendoTable } from '../../analyses/value-crescendo.ts';
import type { AttentionWeights } from '../../model/attention-weights.ts';
import { formOf, randomLayer, rotated, scaled } from './hand-made-layers.ts';

const n = 16;
const figures = (table: LayerTable, layer: AttentionWeights) =>
  figuresOfLayer(table, layer, mlMatrixLinearAlgebra);
const scaleFree = [asymmetryTable, lowRankKernelTable, lowRankFormTable, spectralTwinningTable];

test('every table agrees between the native kernels and ml-matrix', async () => {
  const native = await loadLinearAlgebra();
  for (const table of [...scaleFree, valueCrescendoTable]) {
    const layer = randomLayer(n, 7);
    const ours = figuresOfLayer(table, layer, native);
    for (const [id, value] of Object.entries(figures(table, layer))) {
      // Two LAPACK-like algorithms in float64 on 16 x 16 matrices: rounding alone.
      expect(ours[id], `${table.id}.${id}`).toBeCloseTo(value, 9);
    }
  }
});

test('a symmetric form has ratio 0 and rho 1, an antisymmetric one ratio 2 and rho -1', () => {
  const even = figures(asymmetryTable, formOf(symmetric(n, 1)));
  expect(even['ratio']).toBeCloseTo(0, 7);
  expect(even['rho']).toBeCloseTo(1, 12);
  expect(even['real-fraction']).toBeCloseTo(1, 9);
  const odd = figures(asymmetryTable, formOf(antisymmetric(n, 1)));
  expect(odd['ratio']).toBeCloseTo(2, 12);
  expect(odd['rho']).toBeCloseTo(-1, 12);
  expect(odd['antisymmetric-energy']).toBeCloseTo(1, 12);
  // Eigenvalues of an antisymmetric matrix are imaginary; what is real of them is rounding.
  expect(odd['real-fraction']).toBeLessThan(1e-9);
});

test('the ratio is the norm of the difference to the transpose, entry by entry', () => {
  const w = gaussian(n, 3);
  let [difference, whole] = [0, 0];
  for (let i = 0; i < n; i += 1) {
    for (let j = 0; j < n; j += 1) {
      difference += (w.data[i * n + j]! - w.data[j * n + i]!) ** 2;
      whole += w.data[i * n + j]! ** 2;
    }
  }
  expect(figures(asymmetryTable, formOf(w))['ratio']).toBeCloseTo(Math.sqrt(difference / whole), 12);
});

test('a Gaussian form is near sqrt 2, as any matrix without relation to its transpose', () => {
  // At n = 64 the ratio's standard deviation is about sqrt(2) / (2 n) = 0.011; four of those.
  expect(
    Math.abs((figures(asymmetryTable, formOf(gaussian(64, 5)))['ratio'] ?? 0) - Math.SQRT2),
  ).toBeLessThan(0.045);
});

test('orthogonal factors give a kernel of full rank, a rank-1 factor gives rank 1', () => {
  const full = figures(lowRankKernelTable, {
    ...randomLayer(n, 1),
    q: orthogonal(n, 1),
    k: orthogonal(n, 2),
  });
  expect(full['effective-rank']).toBeCloseTo(n, 9);
  expect(full['entropy-rank']).toBeCloseTo(n, 9);
  expect(full['top-8-energy']).toBeCloseTo(8 / n, 12);
  const one = figures(lowRankKernelTable, { ...randomLayer(n, 1), q: rankOne(n) });
  // ml-matrix leaves singular values of some 1e-14 where there are none.
  expect(one['effective-rank']).toBeCloseTo(1, 6);
  expect(one['top-8-energy']).toBeCloseTo(1, 12);
});

test('matrices of one spectrum have no divergence, whatever their bases', () => {
  const q = gaussian(n, 9);
  const turned = mlMatrixLinearAlgebra.multiply(orthogonal(n, 4), q);
  const found = figures(spectralTwinningTable, { ...randomLayer(n, 1), q, k: turned });
  expect(found['kl-q-k']).toBeCloseTo(0, 10);
  expect(found['kl-q-v']).toBeGreaterThan(0);
});

test('figures without scale do not change when all matrices are scaled or the stream is rotated', () => {
  for (const table of scaleFree) {
    for (const seed of [1, 20, 300]) {
      const layer = randomLayer(n, seed);
      const before = figures(table, layer);
      const bigger = figures(table, scaled(layer, 7.5));
      for (const [id, value] of Object.entries(before)) expect(bigger[id], id).toBeCloseTo(value, 9);
      // W = Q^T K turns into R^T W R: its asymmetry, spectrum and eigenvalues stay.
      const turned = figures(table, rotated(layer, orthogonal(n, seed + 5)));
      for (const [id, value] of Object.entries(before)) expect(turned[id], id).toBeCloseTo(value, 7);
    }
  }
});

test('norms are those of hand-worked matrices and grow with scale', () => {
  const layer = { ...formOf(identity(4)), v: identity(4) };
  expect(figures(valueCrescendoTable, layer)).toEqual({
    'q-norm': 2,
    'k-norm': 2,
    'v-norm': 2,
    'v-over-q': 1,
  });
  expect(figures(valueCrescendoTable, { ...layer, q: zerosPlus(4, 3) })['q-norm']).toBeCloseTo(3, 12);
});

const zerosPlus = (size: number, value: number) => {
  const a = zeros(size, size);
  a.data[0] = value;
  return a;
};

test('a form of zeros is refused, naming table and layer', () => {
  expect(errorText(() => figures(asymmetryTable, { ...randomLayer(n, 1), k: zeros(n, n) }))).toBe(
    [
      'ZeroMatrix: Q^T K is zero, and so neither symmetric nor antisymmetric.',
      '  expected a bilinear form that is not zero',
      "  in table 'asymmetry', layer 3",
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
  expect(errorText(() => figures(valueCrescendoTable, { ...randomLayer(n, 1), q: zeros(n, n) }))).toBe(
    [
      'ZeroMatrix: Q is zero, so V over Q is not defined.',
      '  expected a positive Frobenius norm; received 0',
      "  in table 'value-crescendo', layer 3",
      '  hint: check the run that the weights come from: a trained projection is never zero.',
    ].join('\n'),
  );
  expect(errorText(() => figures(lowRankKernelTable, { ...randomLayer(n, 1), q: zeros(n, n) }))).toContain(
    'ZeroMatrix: Q K^T is zero and has no spectrum',
  );
});

test('a form whose eigenvalues are all zero has no real share, and says so', () => {
  // Nilpotent: its square is zero, it itself is not.
  const nilpotent = zeros(n, n);
  nilpotent.data[1] = 1;
  expect(errorText(() => figures(asymmetryTable, formOf(nilpotent)))).toBe(
    [
      'ZeroMatrix: Q^T K has no eigenvalue but zero, so that no share of them is real.',
      '  expected one that is not',
      "  in table 'asymmetry', layer 0",
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
});

test('a divergence from a matrix that lacks rank is refused, naming table and layer', () => {
  const singular = zerosPlus(n, 1);
  expect(errorText(() => figures(spectralTwinningTable, { ...randomLayer(n, 1), k: singular }))).toBe(
    [
      'RankDeficient: the divergence of Q from K is infinite: K lacks rank.',
      '  expected 16 positive singular values; singular value 1 is zero',
      "  in table 'spectral-twinning', layer 3",
      '  hint: compare matrices of full rank, or leave this layer out and say so.',
    ].join('\n'),
  );
});

test('a matrix with NaN never yields a number', () => {
  const broken = gaussian(n, 1);
  broken.data[5] = Number.NaN;
  expect(errorText(() => figures(lowRankKernelTable, { ...randomLayer(n, 1), q: broken }))).toContain(
    'NotFinite: ',
  );
});
