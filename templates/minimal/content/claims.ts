/** What the paper asserts; the sentences stand in index.mdx. */
import { above, type ClaimsOf, inEverySeed } from 'reproducible-paper/claims';

export const claims: ClaimsOf<'new-paper'> = {
  'persistence-carries-further': {
    assess: inEverySeed(({ rows, cell }) => {
      const longest = rows('distances').at(-1)!;
      const of = (column: string): number => cell('distances', longest, column);
      return above(of('distance'), of('distance-null-high'), {
        predicate: 'the longest persistent walks get further than those without persistence',
        of: longest,
        per: of('distance-null-sd'),
        unit: 'null sd',
        // The bound is a quantile of draws, and no surer than they are.
        noise: 1,
      });
    }),
  },
};
