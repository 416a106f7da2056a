/** What the guide asserts of its coin; the sentences stand in index.mdx. */
import { above, type ClaimsOf, inEverySeed, onAverage } from 'reproducible-paper/claims';

export const claims: ClaimsOf<'guide'> = {
  // #region against-the-null
  'loaded-runs-are-longer': {
    assess: inEverySeed(({ rows, cell }) => {
      const most = rows('longest-runs').at(-1)!;
      return above(cell('longest-runs', most, 'run'), cell('longest-runs', most, 'run-null-high'), {
        predicate: 'the longest runs of the loaded coin are longer than those of a fair one',
        of: most,
        per: cell('longest-runs', most, 'run-null-sd'),
        unit: 'null sd',
        // The bound is a quantile of draws, and no surer than they are.
        noise: 1,
      });
    }),
  },
  // #endregion
  // #region that-fails
  'runs-grow-in-proportion': {
    assess: onAverage(({ column }) => {
      const { first, last } = column('longest-runs', 'run');
      return above(last / first, 4, {
        predicate: 'sixteen times the throws make the longest run four times as long at least',
        per: 1,
        unit: 'times the run',
      });
    }),
  },
  // #endregion
};
