import { circularConvolution } from 'reproducible-paper/numerics/circular-convolution';
import { add, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { gaussian } from '../../../../tests/unit/src/numerics/hand-made-matrices.ts';
import { circulantMatrix, circulantRow, circulantScore } from '../../series/circulant.ts';
import { fitLine } from '../../series/corpus-decay.ts';
import { complexProduct, complexQuotient, fft2, inverseFft2 } from '../../series/fourier.ts';

const n = 8;

test('a transform is the sum that defines it, and its inverse undoes it', () => {
  const a = gaussian(n, 1);
  const { re, im } = fft2(a);
  for (const [u, v] of [
    [0, 0],
    [1, 3],
    [7, 2],
  ] as const) {
    let [x, y] = [0, 0];
    for (let i = 0; i < n; i += 1) {
      for (let j = 0; j < n; j += 1) {
        const angle = (-2 * Math.PI * (u * i + v * j)) / n;
        x += a.data[i * n + j]! * Math.cos(angle);
        y += a.data[i * n + j]! * Math.sin(angle);
      }
    }
    expect(re[u * n + v]).toBeCloseTo(x, 10);
    expect(im[u * n + v]).toBeCloseTo(y, 10);
  }
  inverseFft2(fft2(a)).data.forEach((x, at) => {
    expect(x).toBeCloseTo(a.data[at]!, 12);
  });
});

test('a size that is no power of two is refused', () => {
  expect(errorText(() => fft2(gaussian(6, 1)))).toBe(
    [
      'NotAPowerOfTwo: a transform here needs a size that is a power of two.',
      '  expected 1, 2, 4, 8, …; received 6',
      '  hint: take as many of the most frequent tokens.',
    ].join('\n'),
  );
});

test('with the whole kernel the formula is an identity, whatever D is', () => {
  const [w, d] = [gaussian(n, 2), gaussian(n, 3)];
  const k = complexQuotient(fft2(w), fft2(d), 0);
  inverseFft2(complexProduct(fft2(d), k)).data.forEach((x, at) => {
    expect(x).toBeCloseTo(w.data[at]!, 8);
  });
});

test('with a circulant kernel it gives a circulant matrix: wrapped diagonals of D, convolved with the kernel', () => {
  const d = gaussian(n, 4);
  const k = gaussian(n, 5).data.slice(0, n);
  const w = inverseFft2(complexProduct(fft2(d), fft2(circulantMatrix(k))));
  expect(circulantScore(w)).toBeCloseTo(1, 10);
  const sums = circulantRow(d).map((x) => x * n);
  const expected = circularConvolution(sums, k);
  circulantRow(w).forEach((x, at) => {
    expect(x).toBeCloseTo(expected[at]!, 8);
  });
});

test('a circulant score is one of a circulant, less of any other', () => {
  expect(circulantScore(circulantMatrix(Float64Array.of(3, 1, -2, 5)))).toBeCloseTo(1, 12);
  const a = gaussian(n, 6);
  const score = circulantScore(add(a, transpose(a)));
  expect(score).toBeGreaterThan(0);
  expect(score).toBeLessThan(1);
  expect(circulantScore(matrix(2, 2, Float64Array.of(1, 0, 0, -1)))).toBe(0);
});

test('a line is found by its slope, with the share that it explains', () => {
  expect(fitLine([5, 3, 1, -1])).toEqual({ slope: -2, rSquared: 1 });
  expect(fitLine([0, 1, 0, 1]).rSquared).toBeCloseTo(0.2, 12);
});
