/** How the paper's results are shown: labels, formats, words and order of columns. */
import { count, fixed, share, type Tables, type Values } from 'reproducible-paper/results';
import { checkTables } from './tables/check-tables.ts';
import { correlationTables } from './tables/correlation-tables.ts';
import { formTables } from './tables/form-tables.ts';
import { invariantTables } from './tables/invariant-tables.ts';
import { powerTables } from './tables/power-tables.ts';
import { seriesTables } from './tables/series-tables.ts';
import { solutionTables } from './tables/solution-tables.ts';
import { spectrumTables } from './tables/spectrum-tables.ts';
import { symmetryTables } from './tables/symmetry-tables.ts';
import { trainingTables } from './tables/training-tables.ts';

export const tables: Tables = {
  ...correlationTables,
  ...powerTables,
  ...formTables,
  ...invariantTables,
  ...spectrumTables,
  ...symmetryTables,
  ...solutionTables,
  ...trainingTables,
  ...seriesTables,
  ...checkTables,
};

export const values: Values = {
  'power-trials': { format: count, definition: 'planted runs at each strength, for each test' },
  'planted-start-trials': { format: count, definition: 'small models at each strength' },
  'planted-start-layers': { format: count, definition: 'of each small model' },
  'planted-start-width': { format: count, definition: 'of each small model, in dimensions' },
  'planted-start-steps': { format: count, definition: 'steps after which these are tested last' },
  'trace-limit': {
    format: share(2),
    definition:
      'the largest share of energy that the 95 % intervals over runs allow any primary test: three views, by mean and by root mean square over heads',
  },
  'copied-limit': {
    format: share(2),
    definition:
      'the largest share of energy that the 95 % intervals over runs allow any test of copying forms, which were explored, by mean and by root mean square over heads',
  },
  'trace-limit-by-head': {
    format: share(2),
    definition:
      'the largest share of energy that the 95 % intervals over runs allow any of three views in comparing forms, where each head is given its own strength and the energies are then averaged over heads',
  },
  'copied-limit-by-head': {
    format: share(2),
    definition:
      'the largest share of energy that the 95 % intervals over runs allow any of three views in copying forms, which were explored: each head is given its own strength, and the energies are then averaged over heads',
  },
  'uncorrelated-power': {
    format: share(1),
    definition:
      'chance that the intervals over runs of two mean correlations lie within a hundredth of zero, where both are zero in truth and spread as those of Q and V',
  },
  'equal-step': { format: count, definition: 'the last step at which every run was evaluated' },
  'equal-step-gap': {
    format: share(1),
    definition: 'perplexity of CT+SFT over that of V1, less one, at that step',
  },
  'eigenvalue-draws': { format: count },
  'planted-step': { format: count },
  'shuffled-step': { format: count },
  'shuffled-strength': {
    format: fixed(4),
    definition: 'the largest $|\\hat\\alpha|$ of the three means over heads, of the run on random order',
  },
  'unshuffled-strength': {
    format: fixed(4),
    definition: 'the least $|\\hat\\alpha|$ of the three means over heads, of V1 from the same start',
  },
  'shuffled-loss': { format: fixed(3) },
  'planted-loss': { format: fixed(3) },
  'unplanted-loss': { format: fixed(3) },
  'statistics-tokens': { format: count, definition: 'of the training text, from which counts are taken' },
  'statistics-distinct-tokens': { format: count },
  'top-tokens': { format: count },
  'training-steps': { format: count },
  'tokens-per-step': { format: count },
  'attention-windows': { format: count },
  'ladder-windows': { format: count, definition: 'of held-out text, over which a loss is the mean' },
  'perplexity-gap': {
    format: share(1),
    definition: 'perplexity of CT+SFT over that of V1, less one, both on held-out text',
    whose: 'theirs',
  },
  'reported-audit-arithmetic-checks': { format: count },
  'reported-audit-arithmetic-disagreements': { format: count },
  'reported-audit-reading-checks': { format: count },
  'reported-audit-reading-disagreements': { format: count },
  'reported-audit-null-test-checks': { format: count },
  'reported-audit-null-test-disagreements': { format: count },
  'form-draws': { format: count, definition: 'of each null of the form tests' },
  'stream-positions': {
    format: count,
    definition: 'of the training text, over which shares of the stream are taken',
  },
};
