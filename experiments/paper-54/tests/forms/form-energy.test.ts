import { Matrix as Dense } from 'ml-matrix';
import { expect, test } from 'vitest';
import { mlMatrixLinearAlgebra as la } from '../../../../src/numerics/ml-matrix-linear-algebra.ts';
import { energyShares } from '../../forms/form-energy.ts';
import { frequencyBasis, frequencyBins } from '../../forms/frequency-basis.ts';
import { tokenSpace } from '../../forms/token-space.ts';
import { frequenciesOf, randomFactors, sparseView, tall } from './hand-made-forms.ts';
import { naiveScores, rawFunctions, residualMaker } from './naive-forms.ts';

const [n, nHeads, tokens] = [8, 2, 40];

test('shares of energy are those of dense scores between projections, and sum to one', () => {
  const e = tall(tokens, n, 1);
  const frequencies = frequenciesOf(tokens);
  const bins = frequencyBins(frequencies, { ratio: 1.5, tokens: 4 });
  const functions = frequencyBasis(frequencies, bins);
  const space = tokenSpace(e, { K_2: sparseView(tokens, 2) }, null, la);
  const factors = randomFactors(n, nHeads, 5);
  const found = energyShares(factors, space, functions, la);
  const scores = Dense.add(naiveScores(e, factors, 0, 0), naiveScores(e, factors, 1, 0));
  const constant = Dense.ones(tokens, tokens).div(tokens);
  const identity = residualMaker(rawFunctions(frequencies, bins));
  const frequency = Dense.eye(tokens).sub(constant).sub(identity);
  const share = (later: Dense, earlier: Dense): number =>
    later.mmul(scores).mmul(earlier).norm() ** 2 / scores.norm() ** 2;
  const expected = {
    constant: share(constant, constant),
    'query-frequency': share(frequency, constant),
    'key-frequency': share(constant, frequency),
    'both-frequencies': share(frequency, frequency),
    'one-identity':
      share(identity, constant) +
      share(constant, identity) +
      share(identity, frequency) +
      share(frequency, identity),
    'both-identities': share(identity, identity),
  };
  let sum = 0;
  for (const [id, value] of Object.entries(expected)) {
    // Least squares by normal equations on one side.
    expect(found[id], id).toBeCloseTo(value, 7);
    sum += found[id]!;
  }
  expect(sum).toBeCloseTo(1, 12);
  expect(found['leading-direction']).toBeGreaterThan(1 / n);
});
