/** numpy's check of aligned solutions and the invariants' nulls. */
import { cell, holdCheck } from './hold-check.ts';

holdCheck(
  'independent-null-check',
  ['aligned-solutions', 'alignment-null', 'gaussian-null', 'turned-null'],
  [
    [
      'a pair of aligned solutions',
      { stage: 'aligned-solutions', ...cell('aligned-solutions', { pair: 'v1-v1', unit: '1-2' }, 'matched') },
      /'aligned-solutions', pair v1-v1, unit 1-2, matched: numpy finds/,
    ],
    [
      'what Gaussian matrices give',
      {
        stage: 'low-rank-kernel.seed-1',
        ...cell('low-rank-kernel', { layer: 0 }, 'effective-rank', 'mean', 2),
      },
      /gaussian-null, low-rank-kernel effective-rank, seed 1, 0: the draws of the null have another mean/,
    ],
    [
      'what turned spectra give',
      {
        stage: 'invariants-against-nulls.seed-2',
        ...cell('low-rank-nulls', { matrix: 'Q^T K', layer: 1 }, 'effective-rank', 'mean', 2),
      },
      /turned-null, effective-rank of Q\^T K, seed 2, layer 1: the draws of the null have another mean/,
    ],
  ],
);
