import { zeros } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra as la } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { orthogonal } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { headFigures } from '../../analyses/asymmetry-by-head.ts';
import { randomLayer, rotated, scaled } from './hand-made-layers.ts';

const n = 12;
const layer = randomLayer(n, 11);
const half = n / layer.nHeads;

/** Q_h^T K_h by its sum over the head's rows. */
const formOfHead = (head: number) => {
  const b = zeros(n, n);
  for (let row = head * half; row < (head + 1) * half; row += 1) {
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1)
        b.data[i * n + j]! += layer.q.data[row * n + i]! * layer.k.data[row * n + j]!;
    }
  }
  return b;
};

test("a head's figures are those of its whole form, by another way", () => {
  for (const head of [0, 1]) {
    const b = formOfHead(head);
    const found = headFigures(layer, head, la);
    const { re, im } = la.eigenvalues(b);
    const mass = re.reduce((sum, x, i) => sum + Math.hypot(x, im[i]!), 0);
    // The whole form has n - dHead eigenvalues of rounding's size, which a defective zero makes some 1e-8.
    expect(found['real-fraction']).toBeCloseTo(re.reduce((sum, x) => sum + Math.abs(x), 0) / mass, 5);
    const sigma = la.singularValues(b);
    const [sum, squares] = [sigma, sigma.map((x) => x * x)].map((x) => x.reduce((total, y) => total + y, 0));
    expect(found['effective-rank']).toBeCloseTo(sum! ** 2 / squares!, 6);
    let product = 0;
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) product += b.data[i * n + j]! * b.data[j * n + i]!;
    }
    expect(found['rho']).toBeCloseTo(product / squares!, 10);
  }
});

test('neither scale nor a rotation of the stream changes them', () => {
  const before = headFigures(layer, 1, la);
  for (const other of [scaled(layer, 3), rotated(layer, orthogonal(n, 4))]) {
    for (const [id, value] of Object.entries(headFigures(other, 1, la)))
      expect(value, id).toBeCloseTo(before[id]!, 7);
  }
});

test('a head of zeros is refused, naming layer, head and matrix', () => {
  expect(errorText(() => headFigures({ ...layer, k: zeros(n, n) }, 1, la))).toBe(
    [
      'ZeroMatrix: Q_h^T K_h is zero, and so neither symmetric nor antisymmetric.',
      '  expected a bilinear form that is not zero',
      '  in layer 3, head 1',
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
});
