/** What the prose asserts of random matrices. A margin counts half-widths of a mean's interval over draws. */
import {
  above,
  all,
  below,
  type Claims,
  inEverySeed,
  onAverage,
  type ResultReader,
} from 'reproducible-paper/claims';

/** The mean over draws lies nearer to a law than `tolerance` of it, at the largest size. */
const tendsTo = (table: string, column: string, tolerance: number, predicate: string) => ({
  assess: onAverage((results: ResultReader) => {
    const figure = results.column(table, column).last;
    const law = results.column(table, `${column}-law`).last;
    return below(Math.abs(figure / law - 1), tolerance, { predicate, per: tolerance, unit: 'tolerances' });
  }),
});

export const claims: Claims = {
  'square-ranks-follow-the-quarter-circle': {
    assess: onAverage(({ column }) =>
      all(
        'at the largest size both ranks of a square matrix are within a hundredth of their laws',
        ['effective-rank', 'entropy-rank'].map((rank) => {
          const law = column('square-matrices', `${rank}-law`).last;
          return below(Math.abs(column('square-matrices', rank).last / law - 1), 0.01, {
            predicate: '',
            per: 0.01,
            unit: 'hundredths',
          });
        }),
      ),
    ),
  },
  'product-rank-follows-fuss-catalan': tendsTo(
    'products',
    'effective-rank',
    0.02,
    'at the largest size the effective rank of a product is within a fiftieth of nine sixteenths of n',
  ),
  'products-are-lower-in-rank': {
    assess: inEverySeed(({ column }) =>
      below(column('products', 'effective-rank').last, column('square-matrices', 'effective-rank').last, {
        predicate: 'at the largest size a product has a lower effective rank than one matrix',
        per: 0.01,
        unit: 'hundredths of n',
      }),
    ),
  },
  'products-are-as-asymmetric-as-the-law': tendsTo(
    'products',
    'ratio',
    0.02,
    'at the largest size the asymmetry of a product is within a fiftieth of the square root of two',
  ),
  'divergence-of-two-falls-faster-than-one-over-n': {
    assess: onAverage(({ cell }) =>
      below(cell('finite-size', 'kl-of-two', 'exponent'), -1, {
        predicate: 'the divergence of two draws falls faster than one over n',
        per: 0.1,
        unit: 'tenths of the exponent',
      }),
    ),
  },
  'divergence-of-two-falls-slower-than-one-over-n-squared': {
    assess: onAverage(({ cell }) =>
      above(cell('finite-size', 'kl-of-two', 'exponent'), -2, {
        predicate: 'the divergence of two draws falls more slowly than one over n squared',
        per: 0.1,
        unit: 'tenths of the exponent',
      }),
    ),
  },
  'heads-are-nearer-to-full-rank': {
    assess: inEverySeed(({ column }) =>
      above(column('rectangles', 'effective-rank').first, column('rectangles', 'effective-rank').last, {
        predicate: 'the flattest rectangle has a higher effective rank, of its rows, than the square',
        per: 0.01,
        unit: 'hundredths of the rows',
      }),
    ),
  },
  'flat-rectangles-lead-less': {
    assess: inEverySeed(({ column }) =>
      below(column('rectangles', 'leading-energy').first, column('rectangles', 'leading-energy').last, {
        predicate: 'the leading eighth of the flattest rectangle holds less energy than that of the square',
        per: 0.01,
        unit: 'hundredths of the energy',
      }),
    ),
  },
  'ranks-know-no-entries': {
    assess: onAverage(({ column }) => {
      const ranks = column('entry-laws', 'effective-rank');
      return below(ranks.max - ranks.min, 0.02, {
        predicate: 'effective ranks of matrices with entries of four laws lie within a fiftieth of n',
        per: 0.01,
        unit: 'hundredths of n',
      });
    }),
  },
};
