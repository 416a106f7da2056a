import { Matrix as Dense, inverse } from 'ml-matrix';
import { expect, test } from 'vitest';
import { type Matrix, matrix, zeros } from '../../../../src/numerics/matrix.ts';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { errorText } from '../../../../tests/error-text.ts';
import { cosinesOf, formTerms, inSpace, joinImages, viewParts } from '../../forms/form-cosines.ts';
import type { FormFactors } from '../../forms/form-factors.ts';
import { frequencyBasis, frequencyBins } from '../../forms/frequency-basis.ts';
import { type TokenSpace, tokenSpace } from '../../forms/token-space.ts';
import { dense, frequenciesOf, randomFactors, sparseView, tall } from './hand-made-forms.ts';
import { fromDense, naiveCosine, naiveScores, rawFunctions, residualMaker, toDense } from './naive-forms.ts';

const [n, nHeads, tokens] = [8, 2, 40];
const deltas = [0, 3];
const e = tall(tokens, n, 1);
const frequencies = frequenciesOf(tokens);
const bins = frequencyBins(frequencies, { ratio: 1.5, tokens: 4 });
const functions = frequencyBasis(frequencies, bins);
const onTokens = { K_2: sparseView(tokens, 2), K_3_skip: sparseView(tokens, 3) };
const spaces = {
  free: tokenSpace(e, onTokens, functions, la),
  whole: tokenSpace(e, onTokens, null, la),
};
const parts = viewParts(spaces.free.views);

const cosines = (factors: FormFactors, space: TokenSpace) =>
  formTerms(
    inSpace(factors, space, space.basis, la),
    joinImages(space.views.map(({ image }) => image)),
    deltas,
    la,
  ).map(({ products, norms }) => cosinesOf(products, norms, space.views, parts));

const factors = randomFactors(n, nHeads, 5);
const off = residualMaker(rawFunctions(frequencies, bins));

test('cosines are those of dense scores with frequency regressed out by least squares', () => {
  for (const space of ['free', 'whole'] as const) {
    const maker = space === 'free' ? off : Dense.eye(tokens);
    const freeE = maker.mmul(toDense(e));
    const found = cosines(factors, spaces[space]);
    deltas.forEach((delta, at) => {
      const perHead = [0, 1].map((head) => naiveScores(fromDense(freeE), factors, head, delta));
      const scores = [...perHead, Dense.add(perHead[0]!, perHead[1]!)];
      parts.forEach(({ part, index, isTransposed, view }, place) => {
        const m = toDense(dense(Object.values(onTokens)[index]!));
        const mTransposed = maker.mmul(isTransposed ? m : m.transpose()).mmul(maker);
        scores.forEach((of, head) => {
          const naive = naiveCosine(of, freeE, mTransposed, part);
          // Sums over 1,600 pairs in another order.
          expect(found[at]![place]![head]!, `${space} ${delta} ${view} ${part} ${head}`).toBeCloseTo(
            naive.cosine,
            9,
          );
          expect(spaces[space].views[index]!.carried![part]).toBeCloseTo(naive.carried, 9);
        });
      });
    });
  }
});

type Cosines = readonly (readonly Float64Array[])[];
const flat = (found: Cosines): readonly number[] => found.flat().flatMap((ofPart) => [...ofPart]);
const expectAlike = (after: Cosines, before: Cosines): void => {
  const [a, b] = [flat(after), flat(before)];
  for (const [at, x] of a.entries()) expect(x).toBeCloseTo(b[at]!, 9);
};

/** Rows of each head mixed by G on one side and by G^{-T} on the other; of two rows a plane. */
const mixPlanes = (a: Matrix, re: number, im: number): Matrix => {
  const data = new Float64Array(a.data.length);
  for (let x = 0; x < a.rows; x += 2) {
    for (let j = 0; j < a.cols; j += 1) {
      const [p, q] = [a.data[x * a.cols + j]!, a.data[(x + 1) * a.cols + j]!];
      data[x * a.cols + j] = re * p - im * q;
      data[(x + 1) * a.cols + j] = im * p + re * q;
    }
  }
  return matrix(a.rows, a.cols, data);
};

test('the gauge of rotary positions changes nothing: a complex number a plane, and its conjugate inverse', () => {
  const [re, im] = [0.8, -1.7];
  const size = re * re + im * im;
  const turned = {
    ...factors,
    left: mixPlanes(factors.left, re, im),
    right: mixPlanes(factors.right, re / size, im / size),
  };
  expectAlike(cosines(turned, spaces.free), cosines(factors, spaces.free));
});

test('without rotation any gauge of a head changes nothing', () => {
  const g = tall(n / nHeads, n / nHeads, 8);
  const inverted = fromDense(inverse(toDense(g)).transpose());
  const mix = (by: Matrix, a: Matrix): Matrix => {
    const dHead = by.rows;
    const heads = Array.from({ length: nHeads }, (_, head) =>
      la.multiply(by, matrix(dHead, n, a.data.slice(head * dHead * n, (head + 1) * dHead * n))),
    );
    return matrix(n, n, Float64Array.from(heads.flatMap(({ data }) => [...data])));
  };
  const turned = { ...factors, left: mix(g, factors.left), right: mix(inverted, factors.right) };
  const first = (of: FormFactors): Cosines => cosines(of, spaces.free).slice(0, 1);
  expectAlike(first(turned), first(factors));
});

test('a planted form is found whole: alpha 1', () => {
  const space = spaces.free;
  const { roots, basis, views } = space;
  // B with diag(roots) V^T B V diag(roots) = W, as one head's identity times itself.
  const unscaled = matrix(
    n,
    n,
    basis.data.map((x, at) => x / roots[at % n]!),
  ); // V diag(1 / roots)
  const planted = la.multiply(la.multiply(unscaled, views[0]!.image), unscaled, { transposeB: true });
  const eye = fromDense(Dense.eye(n));
  const [found] = cosines({ ...factors, nHeads: 1, left: eye, right: planted }, space);
  const at = (view: string, part: string) =>
    found![parts.findIndex((of) => of.view === view && of.part === part)]![0]!;
  expect(at('K_2', 'whole')).toBeCloseTo(1, 9);
  expect(at('K_2', 'symmetric')).toBeCloseTo(1, 9);
  expect(at('K_2', 'antisymmetric')).toBeCloseTo(1, 9);
  expect(Math.abs(at('K_3_skip', 'whole'))).toBeLessThan(0.9);
});

test('a form of zeros is refused by the view and the head', () => {
  expect(errorText(() => cosines({ ...factors, right: zeros(n, n) }, spaces.free))).toBe(
    [
      'ZeroMatrix: a form or its view has no whole part, which therefore has no direction.',
      '  expected energy in view K_2 and in head 0',
      '  hint: check the run that the weights come from.',
    ].join('\n'),
  );
});
