/** What the paper asserts; the sentences stand in index.mdx. */
import { below, type ClaimsOf, inEverySeed } from 'reproducible-paper/claims';

export const claims: ClaimsOf<'new-paper'> = {
  'the-model-learns-the-source': {
    assess: inEverySeed(({ cell }) => {
      const of = (row: string): number => cell('losses', row, 'loss');
      const most = of('untrained') - of('source');
      return below(of('trained') - of('source'), most / 2, {
        predicate: 'a trained model has learnt more than half of what there is to learn',
        per: most / 100,
        unit: 'per cent of what there is to learn',
        // What the loss over the tokens of the test is uncertain by.
        noise: 3,
      });
    }),
  },
};
