/** What the original's own figures say of its words. */
import { above, below, type Claims, type ResultReader } from 'reproducible-paper/claims';

/** What a reported figure implies lies below what the original's words need. */
const reportedFallsShort = (
  check: string,
  bound: 'implied-low' | 'implied-high',
  unit: string,
  predicate: string,
) => ({
  assess: ({ cell }: ResultReader) =>
    below(cell('reported-audit', check, bound), cell('reported-audit', check, 'stated-low'), {
      predicate,
      per: 1,
      unit,
    }),
});

export const originalClaims: Claims = {
  'reported-bands-are-not-uniform': {
    ...reportedFallsShort(
      'band-0-32-of-q',
      'implied-high',
      'null sd',
      'the reported energy of Q in the leading band is lower than Gaussian matrices of its width give',
    ),
    reported: ['bands-uniform'],
  },
  'reported-norm-falls-at-last': {
    ...reportedFallsShort(
      'v-norm-grows-to-layer-7',
      'implied-high',
      'of the norm before it',
      'the reported norm of V is smaller in the last layer than in the one before it',
    ),
    reported: ['v-monotone'],
  },
  'reported-asymmetry-is-no-dominance': {
    ...reportedFallsShort(
      'antisymmetric-energy-dominates',
      'implied-low',
      'of the energy',
      'the reported range of ratios allows an antisymmetric part of less than half of the energy',
    ),
    reported: ['w-asymmetry'],
  },
  'co-occurrence-is-asymmetric': {
    original: 'fails',
    reported: ['directional'],
    assess: ({ cell }) =>
      above(cell('k2-spectrum', 'asymmetry-of-log1p', 'value'), 1, {
        predicate: 'the log counts of neighbours differ from their transpose by more than their own norm',
        per: 1,
        unit: 'of the norm',
        noise: 0.02,
      }),
  },
  'reported-figures-disagree': {
    assess: ({ value }) =>
      above(value('reported-audit-arithmetic-disagreements'), 0, {
        predicate: 'some reported figures contradict each other beyond rounding',
        per: 1,
        unit: 'checks',
      }),
  },
};
