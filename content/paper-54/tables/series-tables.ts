/** What companion papers define and print, from our own runs. */
import { count, fixed, share, signed, significant, type Tables } from 'reproducible-paper/results';

export const seriesTables = {
  'series-views': {
    title: 'Views as companion papers define them',
    whose: 'theirs',
    null: 'independent matrices, by the exact law of |r|',
    columns: {
      form: {},
      view: {},
      'rank-one-share': {
        label: 'in one direction',
        format: share(1),
        definition: 'share of the image in its largest singular value',
        whose: 'ours',
      },
      participation: { label: 'participation', format: fixed(2) },
      'symmetric-participation': { label: 'of its symmetric part', format: fixed(2) },
      'antisymmetric-participation': { label: 'of its antisymmetric part', format: fixed(2) },
      'r-with-k2': { label: '$r$ with $K_2$', format: signed(3) },
      'r-with-ete': { label: '$r$ with $E^\\top E$', format: signed(3) },
      'abs-r-q': { label: '$|r|$ of $Q$', format: fixed(4) },
      'abs-r-k': { label: '$|r|$ of $K$', format: fixed(4) },
      'abs-r-v': { label: '$|r|$ of $V$', format: fixed(4) },
      'cosine-kernel': { label: 'cosine of $QK^\\top$, rms', format: fixed(4) },
      'cosine-form': { label: 'cosine of $Q^\\top K$, rms', format: fixed(4) },
    },
  },
  'series-figures': {
    title: 'Figures that companion papers print',
    whose: 'theirs',
    columns: {
      figure: {},
      paper: {},
      ours: { format: significant(3) },
      theirs: { format: significant(3) },
      chance: { format: significant(3) },
      bound: { label: 'at most', format: significant(3) },
    },
  },
  'series-kernel': {
    title: 'Kernels of the companion papers',
    whose: 'theirs',
    columns: {
      embedding: {},
      counts: {},
      order: {},
      quotient: {},
      'circulant-score': {
        label: 'circulant score',
        format: fixed(3),
        definition: 'share of the norm in the mean along wrapped diagonals',
        whose: 'ours',
      },
      'from-whole': { label: '$r$ of $W$ from the whole kernel', format: fixed(3) },
      'from-circulant': { label: 'from its circulant part', format: fixed(3) },
    },
  },
  'kernel-agreement': {
    title: 'Agreement between kernels',
    whose: 'theirs',
    columns: {
      a: {},
      b: {},
      cosine: { label: 'cosine of first rows', format: signed(3) },
      beside: { label: 'without the first entry', format: signed(3) },
    },
  },
  'literal-ablations': {
    title: 'Losses of the literal transform',
    whose: 'inferred',
    columns: {
      variant: {
        words: {
          'ct-literal-measured': 'kernel measured from V1',
          'ct-literal-power-signed': 'kernel by a power of D, signed',
          'ct-literal-power-magnitudes': 'kernel by a power of D, magnitudes',
          'ct-literal-power-positive': 'kernel by a power of D, positive part',
        },
      },
      tokens: { label: 'tokens with a row', format: count },
      s: { label: '$s$', format: fixed(2) },
      loss: { label: 'loss, held out', format: fixed(3) },
      'train-loss': { label: 'loss, training text', format: fixed(3) },
    },
  },
} satisfies Tables;
