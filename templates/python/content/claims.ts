/** What the paper asserts; the sentences stand in index.mdx. */
import { above, all, below, type ClaimsOf } from 'reproducible-paper/claims';

export const claims: ClaimsOf<'new-paper'> = {
  'counts-agree': {
    assess: ({ value }) =>
      below(value('largest-difference'), 0.5, {
        predicate: 'no count differs from the one by trial division',
        per: 1,
        unit: 'primes',
      }),
  },
  'more-primes-than-the-law': {
    assess: ({ rows, cell }) =>
      all(
        'every count is above the law',
        rows('primes').map((row) =>
          above(cell('primes', row, 'primes'), cell('primes', row, 'law'), {
            predicate: 'the count is above the law',
            of: row,
            per: cell('primes', row, 'law') / 100,
            unit: 'per cent of the law',
          }),
        ),
      ),
  },
};
