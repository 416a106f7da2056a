/** Correlations of entries: the original's own tests. */
import { count, fixed, signed, significant, type Tables } from 'reproducible-paper/results';

type Columns = Tables[string]['columns'];

/** Correlations with each view of the corpus. */
const viewColumns = {
  k2: {
    label: '$K_2$',
    format: signed(4),
    definition: "Pearson's $r$ of flattened matrices; the view by its whitened image, of log counts",
    whose: 'ours',
  },
  'k2-t': { label: '$K_2^\\top$', format: signed(4) },
  k3: { label: '$K_3$', format: signed(4) },
  'k3-skip': {
    label: '$K_3$ skip',
    format: signed(4),
    definition: 'pairs two apart, which is $K_3$ summed over the token between',
    whose: 'theirs',
  },
  ete: { label: '$E^\\top E$', format: signed(4) },
  identity: { label: '$I$', format: signed(4) },
  window: {
    format: signed(4),
    definition: 'pairs within five tokens, weighted by distance',
    whose: 'ours',
  },
  'k2-attention': { label: '$K_2$ by attention', format: signed(4) },
  'k2-attention-t': { label: '$K_2^\\top$ by attention', format: signed(4) },
} satisfies Columns;

/** The conjecture's ten tests. */
export const correlationTestWords = {
  'q-k2': 'Q and K₂',
  'q-k2-t': 'Q and K₂ᵀ',
  'q-k3': 'Q and K₃',
  'k-k2-t': 'K and K₂ᵀ',
  'v-k3': 'V and K₃',
  'v-k3-skip': 'V and K₃ skip',
  'q-k2-attention': 'Q and K₂ by attention',
  'k-k2-attention-t': 'K and K₂ᵀ by attention',
  'sft-q-v1-q': 'Q of CT+SFT and Q of V1',
  'sft-v-v1-v': 'V of CT+SFT and V of V1',
};

export const correlationTables = {
  'mean-correlations': {
    title: 'Mean correlation of Q, K and V with each view',
    whose: 'ours',
    null: 'independent matrices, by the law of r',
    columns: {
      matrix: {},
      ...viewColumns,
    },
  },
  'correlations-by-layer': {
    title: 'Correlations with each view, by layer',
    whose: 'ours',
    null: 'independent matrices, by the law of r',
    columns: {
      matrix: {},
      layer: {},
      ...viewColumns,
    },
  },
  'correlations-outside': {
    title: 'Correlations of layers outside of chance, by view',
    columns: {
      view: { words: { k2: 'K₂', 'k2-t': 'K₂ᵀ', k3: 'K₃', ete: 'EᵀE', identity: 'I', all: 'all' } },
      points: {
        label: 'correlations',
        format: count,
        definition: 'of Q, K and V in every layer of every run',
      },
      outside: {
        label: 'outside of chance',
        format: count,
        definition: 'beyond the middle 95 % of independent matrices, by the law of $r$',
        whose: 'ours',
      },
      expected: { label: 'by chance', format: significant(2) },
    },
  },
  'correlation-variants': {
    title: 'Correlations by other weightings, images and bases',
    whose: 'ours',
    null: 'independent matrices, by the law of r',
    columns: {
      weighting: {},
      image: {},
      basis: {},
      'q-k2': { label: '$Q$, $K_2$', format: fixed(4) },
      'k-k2-t': { label: '$K$, $K_2^\\top$', format: fixed(4) },
      'v-k3': { label: '$V$, $K_3$', format: fixed(4) },
      'cosine-q-k2': { label: '$Q$, $K_2$, cosine', format: fixed(4) },
    },
  },
  'summary-correlations': {
    title: 'The conjecture’s tests by correlation',
    whose: 'ours',
    // A p-value of a mean is no mean of p-values.
    headline: 'first',
    null: 'independent matrices, by the law of r',
    columns: {
      test: {
        words: correlationTestWords,
      },
      'mean-abs-r': {
        label: 'mean $|r|$',
        format: fixed(4),
        definition: 'mean over layers of the absolute value of $r$',
        whose: 'theirs',
      },
      significant: {},
    },
  },
  conjecture: {
    title: 'The view that is conjectured for each matrix',
    whose: 'ours',
    null: 'independent matrices, by the law of r',
    columns: {
      matrix: { label: 'weight matrix' },
      view: { label: 'conjectured corpus view' },
      'mean-abs-r': {
        label: 'mean $|r|$',
        format: fixed(4),
        definition: 'mean over layers of the absolute value of $r$',
        whose: 'theirs',
      },
    },
  },
  'k2-spectrum': {
    title: 'Spectrum of the neighbour counts',
    whose: 'inferred',
    columns: {
      measure: {
        words: {
          'lambda-1': 'largest eigenvalue, by magnitude',
          'energy-8': 'energy of the 8 largest eigenvalues',
          'energy-32': 'energy of the 32 largest eigenvalues',
          'energy-128': 'energy of the 128 largest eigenvalues',
          'energy-256': 'energy of the 256 largest eigenvalues',
          'effective-rank-of-leading': 'effective rank of the leading eigenvalues',
          'effective-rank-at-least': 'effective rank of all, at least',
          'effective-rank-at-most': 'effective rank of all, at most',
          'sigma-1': 'largest singular value',
          'sigma-energy-8': 'energy of the 8 largest singular values',
          'sigma-energy-32': 'energy of the 32 largest singular values',
          'sigma-energy-128': 'energy of the 128 largest singular values',
          'sigma-energy-256': 'energy of the 256 largest singular values',
          'asymmetry-of-counts': 'asymmetry of the counts',
          'asymmetry-of-log1p': 'asymmetry of their logarithms',
        },
      },
      value: { format: fixed(3) },
    },
  },
} satisfies Tables;
