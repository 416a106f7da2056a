/** How the paper's results are shown: labels, formats, words and order of columns. */
import {
  count,
  fixed,
  scientific,
  share,
  signed,
  significant,
  type Tables,
  type Values,
} from 'reproducible-paper/results';

type Columns = Tables[string]['columns'];

/** Correlations with each view of the corpus. */
const viewColumns = {
  k2: { label: '$K_2$', format: signed(4) },
  'k2-t': { label: '$K_2^\\top$', format: signed(4) },
  k3: { label: '$K_3$', format: signed(4) },
  'k3-skip': { label: '$K_3$ skip', format: signed(4) },
  ete: { label: '$E^\\top E$', format: signed(4) },
  identity: { label: '$I$', format: signed(4) },
  window: { format: signed(4) },
  'k2-attention': { label: '$K_2$ by attention', format: signed(4) },
  'k2-attention-t': { label: 'its transpose', format: signed(4) },
} satisfies Columns;

/** Shares of energy by band of frequency. */
const bandColumns = {
  band: {},
  dimensions: {},
  q: { label: '$Q$', format: share(1) },
  k: { label: '$K$', format: share(1) },
  v: { label: '$V$', format: share(1) },
  uniform: { label: 'if uniform', format: share(1) },
} satisfies Columns;

/** How many directions a matrix uses. */
const rankColumns = {
  'effective-rank': { label: 'effective rank', format: fixed(1) },
  'top-8-energy': { label: 'top-8 energy', format: share(1) },
  'top-32-energy': { label: 'top-32 energy', format: share(1) },
  'entropy-rank': { label: '$\\exp H$', format: fixed(1) },
} satisfies Columns;

/** How far a form is from its transpose. */
const asymmetryColumns = {
  ratio: { label: '$\\lVert W-W^\\top\\rVert/\\lVert W\\rVert$', format: fixed(2) },
  rho: { label: '$\\rho$', format: signed(3) },
  'real-fraction': { label: 'real eigenvalue share', format: fixed(2) },
  'antisymmetric-energy': { label: 'antisymmetric energy', format: share(1) },
} satisfies Columns;

/** The conjecture's ten tests. */
const correlationTestWords = {
  'q-k2': 'Q and K₂',
  'q-k2-t': 'Q and K₂ᵀ',
  'q-k3': 'Q and K₃',
  'k-k2-t': 'K and K₂ᵀ',
  'v-k3': 'V and K₃',
  'v-k3-skip': 'V and K₃ skip',
  'q-k2-attention': 'Q and K₂ by attention',
  'k-k2-attention-t': 'K and the same, transposed',
  'sft-q-v1-q': 'Q of CT+SFT and Q of V1',
  'sft-v-v1-v': 'V of CT+SFT and V of V1',
};

/** The tests over views and what each of them can see. */
const viewWords = {
  words: {
    k2: 'K₂',
    'k2-t': 'K₂ᵀ',
    k3: 'K₃',
    ete: 'EᵀE',
    window: 'window',
    'k2-attention': 'K₂ by attention',
    'k2-attention-t': 'its transpose',
  },
};

const powerTest = {
  words: {
    't1-q': 'T1, Q with K₂, by the law',
    't1-k': 'T1, K with K₂, by the law',
    't1-direct': 'T1, planted in Q itself',
    't1-hidden': 'the same, outputs turned',
    't6-whole': 'T6, whole form, layers',
    grams: 'T2, Gram matrices',
    cka: 'T3, linear CKA',
    procrustes: 'T4, Procrustes',
    overlap: 'T5, subspace overlap',
    't6-free': 'T6, free of frequency, layers',
    't6-free-mean': 'the same, mean over heads',
    't6-free-rms': 'the same, RMS over heads',
  },
};

const gaugeColumns = {
  matrix: {},
  view: viewWords,
  'mean-abs-r': { label: 'mean $|r|$', format: fixed(4) },
  'p-adjusted': { label: '$p$, Holm', format: fixed(3) },
  'by-law': { label: 'mean $|r|$, by the law', format: fixed(4) },
} satisfies Columns;

const powerTables = {
  'independent-view-check': {
    columns: {
      table: {},
      cells: { label: 'cells compared', format: count },
      tolerance: { format: scientific(0) },
    },
  },
  'gauge-test': { null: 'Q, K or V with its outputs turned', columns: gaugeColumns },
  'gauge-test-by-seed': {
    null: 'Q, K or V with its outputs turned',
    columns: { seed: {}, ...gaugeColumns },
  },
  'pooled-correlations': {
    null: 'independent matrices, by the law of r',
    columns: {
      test: { words: correlationTestWords },
      seed: {},
      'mean-abs-r': { label: 'mean $|r|$', format: fixed(4) },
    },
  },
  'statistics-beyond-r': {
    null: 'Q, K or V with its inputs turned',
    columns: {
      statistic: {
        words: {
          grams: 'T2, Gram matrices',
          cka: 'T3, linear CKA',
          procrustes: 'T4, Procrustes',
          overlap: 'T5, subspace overlap',
        },
      },
      matrix: {},
      view: viewWords,
      found: { label: 'mean over layers', format: fixed(4) },
      'p-adjusted': { label: '$p$, Benjamini and Hochberg', format: fixed(3) },
    },
  },
  power: {
    columns: {
      test: powerTest,
      alpha: { label: '$\\alpha$' },
      power: { format: share(0) },
      low: { label: 'from', format: share(0) },
      high: { label: 'to', format: share(0) },
      estimate: { format: signed(4) },
      'estimate-sd': { label: 'its standard deviation', format: fixed(4) },
    },
  },
  'power-strengths': {
    columns: {
      test: powerTest,
      strength: { label: '$\\alpha$ found in four of five', format: fixed(3) },
      'at-none': { label: 'found where nothing is', format: share(0) },
      'at-bound': { label: 'power at the bound', format: share(0) },
      'at-bound-low': { label: 'at least', format: share(0) },
      'at-all': { label: 'power at $\\alpha=1$', format: share(0) },
      'estimate-at-all': { label: 'estimate there', format: fixed(4) },
    },
  },
} satisfies Tables;

/** The words that the form tests have in common. */
const formWords = {
  form: { words: { qk: 'Q\u1d40K', ov: 'OV' } },
  view: {
    words: {
      K_2: 'K\u2082',
      K_2_T: 'K\u2082\u1d40',
      K_3_skip: 'two apart',
      K_2_attention: 'K\u2082 by attention',
    },
  },
} satisfies Columns;

const formTables = {
  'form-test-summary': {
    null: 'forms turned by Haar matrices',
    columns: {
      form: formWords.form,
      frequency: { words: { free: 'taken out', whole: 'left in' } },
      view: formWords.view,
      part: {},
      statistic: { words: { rms: 'RMS' } },
      found: { label: 'over heads', format: signed(4) },
      family: {},
      'p-adjusted': { label: '$p$, corrected', format: fixed(3) },
      'p-signs': { label: '$p$, signs', format: fixed(3) },
      'p-labels': { label: '$p$, labels', format: fixed(3) },
      alpha: { label: '$\\hat\\alpha$', format: signed(4) },
      'alpha-low': { label: 'from', format: signed(4) },
      'alpha-high': { label: 'to', format: signed(4) },
      energy: { label: '$\\hat\\alpha^2$', format: share(2) },
      'energy-limit': { label: 'at most', format: share(2) },
      carried: { label: 'carried by $E$', format: fixed(2) },
      verdict: { words: { 'present-negligible': 'present, negligible', 'not-detected': 'not detected' } },
    },
  },
  'form-test-by-distance': {
    null: 'forms turned by Haar matrices',
    columns: {
      view: formWords.view,
      delta: { label: '$\\Delta$' },
      mean: { format: signed(4) },
      'mean-p-adjusted': { label: '$p$ of the mean, corrected', format: fixed(3) },
      rms: { label: 'RMS', format: fixed(4) },
      'rms-p-adjusted': { label: '$p$ of the RMS, corrected', format: fixed(3) },
    },
  },
  'form-test': {
    null: 'forms turned by Haar matrices',
    columns: {
      layer: {},
      k2: { label: '$K_2$', format: signed(3) },
      'k2-t': { label: '$K_2^\\top$', format: signed(3) },
      'k3-skip': { label: 'two apart', format: signed(3) },
      'k2-symmetric': { label: '$K_2$, symmetric', format: signed(3) },
      'k2-antisymmetric': { label: '$K_2$, antisymmetric', format: signed(3) },
      'copied-k2': { label: '$OV$, $K_2$', format: signed(3) },
      'copied-k2-t': { label: '$OV$, $K_2^\\top$', format: signed(3) },
      'copied-k3-skip': { label: '$OV$, two apart', format: signed(3) },
      'heads-with-k2': { label: 'heads with $K_2$', format: count },
    },
  },
  'form-energy': {
    columns: {
      layer: {},
      constant: { format: share(1) },
      'query-frequency': { label: 'frequency of the later token', format: share(1) },
      'key-frequency': { label: 'of the earlier one', format: share(1) },
      'both-frequencies': { label: 'of both', format: share(1) },
      'one-identity': { label: 'which token one is', format: share(1) },
      'both-identities': { label: 'which both are', format: share(1) },
      'leading-direction': { label: 'largest singular value', format: share(1) },
    },
  },
  'stream-identity': {
    columns: {
      layer: {},
      'same-direction': { label: 'along its row', format: share(1) },
      'linear-map': { label: 'by a linear map of its row', format: share(1) },
      token: { label: 'by which token it is', format: share(1) },
    },
  },
} satisfies Tables;

export const tables: Tables = {
  ...powerTables,
  ...formTables,
  corpus: {
    columns: {
      part: {},
      documents: { format: count },
      characters: { format: count },
      tokens: { format: count },
      'distinct-tokens': { label: 'distinct tokens', format: count },
      'characters-per-token': { label: 'characters a token', format: fixed(2) },
    },
  },
  model: {
    columns: {
      quantity: {},
      here: { label: 'this build', format: count },
      'paper-size': { label: "at the paper's size", format: count },
    },
  },
  'crystallization-ablations': {
    columns: {
      variant: {
        words: {
          'as-built': 'as built',
          'kernel-off': 'without the kernel',
          'unigram-alone': 'token frequencies alone',
          'kappa-5': 'κ = 5',
          'kappa-80': 'κ = 80',
        },
      },
      kappa: { label: '$\\kappa$', format: fixed(0) },
      s: { label: '$s$', format: fixed(2) },
      loss: { label: 'loss, held out', format: fixed(3) },
      'train-loss': { label: 'loss, training text', format: fixed(3) },
    },
  },
  'training-ladder': {
    columns: {
      method: { words: { 'random-init': 'random init', 'ct-sft': 'CT+SFT', v1: 'V1' } },
      loss: { label: 'loss, held out', format: fixed(2) },
      perplexity: { format: fixed(1) },
      'train-loss': { label: 'loss, training text', format: fixed(2) },
      'best-step': { label: 'weights of step', format: count },
      'last-loss': { label: 'loss after the last step', format: fixed(2) },
      'last-step': { label: 'last step', format: count },
    },
  },
  'learning-rate-grid': {
    columns: {
      rate: { label: 'learning rate', format: fixed(4) },
      loss: { label: 'loss, held out', format: fixed(3) },
      'train-loss': { label: 'loss, training text', format: fixed(3) },
    },
  },
  'k2-spectrum': {
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
  'mean-correlations': {
    null: 'independent matrices, by the law of r',
    columns: {
      matrix: {},
      ...viewColumns,
    },
  },
  'correlations-by-layer': {
    null: 'Gaussian matrices in the place of Q, K and V',
    columns: {
      matrix: {},
      layer: {},
      ...viewColumns,
    },
  },
  'correlation-variants': {
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
    // A p-value of a mean is no mean of p-values.
    headline: 'first',
    null: 'independent matrices, by the law of r',
    columns: {
      test: {
        words: correlationTestWords,
      },
      'mean-abs-r': { label: 'mean $|r|$', format: fixed(4) },
      significant: {},
    },
  },
  conjecture: {
    null: 'independent matrices, by the law of r',
    columns: {
      matrix: { label: 'weight matrix' },
      view: { label: 'conjectured corpus view' },
      'mean-abs-r': { label: 'mean $|r|$', format: fixed(4) },
    },
  },
  'band-energy': {
    null: 'means over as many Gaussian matrices',
    columns: bandColumns,
  },
  'band-energy-ete': {
    null: 'means over as many Gaussian matrices',
    columns: bandColumns,
  },
  'spectral-twinning': {
    null: 'Gaussian matrices of the same shape',
    columns: {
      layer: {},
      'kl-q-k': { label: '$\\mathrm{KL}(Q\\Vert K)$', format: fixed(4) },
      'kl-q-v': { label: '$\\mathrm{KL}(Q\\Vert V)$', format: fixed(4) },
      'kl-q-mp': { label: '$\\mathrm{KL}(Q\\Vert \\mathrm{MP})$', format: fixed(4) },
      'kl-k-mp': { label: '$\\mathrm{KL}(K\\Vert \\mathrm{MP})$', format: fixed(4) },
      'kl-v-mp': { label: '$\\mathrm{KL}(V\\Vert \\mathrm{MP})$', format: fixed(4) },
    },
  },
  'value-crescendo': {
    beside: { init: 'at init' },
    columns: {
      layer: {},
      'q-norm': { label: '$\\lVert Q\\rVert_F$', format: fixed(2) },
      'k-norm': { label: '$\\lVert K\\rVert_F$', format: fixed(2) },
      'v-norm': { label: '$\\lVert V\\rVert_F$', format: fixed(2) },
      'v-over-q': { label: '$V/Q$', format: fixed(3) },
    },
  },
  'low-rank-kernel': {
    null: 'Gaussian matrices of the same shape',
    summary: { mean: ['mean'] },
    columns: {
      layer: {},
      ...rankColumns,
    },
  },
  'low-rank-form': {
    null: 'Gaussian matrices of the same shape',
    columns: {
      layer: {},
      ...rankColumns,
    },
  },
  asymmetry: {
    null: 'Gaussian matrices of the same shape',
    summary: { all: ['min', 'max'] },
    columns: {
      layer: {},
      ...asymmetryColumns,
    },
  },
  'asymmetry-by-head': {
    null: 'heads of Gaussian matrices',
    columns: {
      layer: {},
      head: {},
      ...asymmetryColumns,
      'effective-rank': { label: 'effective rank', format: fixed(1) },
    },
  },
  'non-uniqueness': {
    null: "Gaussian matrices in the place of CT+SFT's, or of the init",
    columns: {
      layer: {},
      'drift-q': { label: 'drift of $Q$', format: fixed(3) },
      'drift-k': { label: 'drift of $K$', format: fixed(3) },
      'drift-v': { label: 'drift of $V$', format: fixed(3) },
      'corr-q': { label: '$r$ of $Q$ with V1', format: signed(4) },
      'corr-k': { label: '$r$ of $K$ with V1', format: signed(4) },
      'corr-v': { label: '$r$ of $V$ with V1', format: signed(4) },
      'drift-q-absolute': { label: '$\\lVert\\Delta Q\\rVert$', format: fixed(2) },
      'drift-k-absolute': { label: '$\\lVert\\Delta K\\rVert$', format: fixed(2) },
      'drift-v-absolute': { label: '$\\lVert\\Delta V\\rVert$', format: fixed(2) },
      'init-norm-q': { label: '$\\lVert Q\\rVert$ at init', format: fixed(2) },
      'init-norm-k': { label: '$\\lVert K\\rVert$ at init', format: fixed(2) },
      'init-norm-v': { label: '$\\lVert V\\rVert$ at init', format: fixed(2) },
      'v1-drift-q': { label: "V1's drift of $Q$", format: fixed(3) },
      'v1-drift-k': { label: "V1's drift of $K$", format: fixed(3) },
      'v1-drift-v': { label: "V1's drift of $V$", format: fixed(3) },
      'init-corr-q': { label: "$r$ of V1's $Q$ with its init", format: signed(2) },
      'init-corr-k': { label: "$r$ of V1's $K$ with its init", format: signed(2) },
      'init-corr-v': { label: "$r$ of V1's $V$ with its init", format: signed(2) },
    },
  },
  'summary-invariants': {
    columns: {
      invariant: {
        words: {
          'qk-twinning': 'twin spectra',
          'v-randomness': 'random V',
          'v-growth': 'crescendo',
          'qk-effective-rank': 'low rank',
          'qk-top-8-energy': 'low rank',
          'w-asymmetry': 'asymmetry',
          'drift-ratio': 'no unique solution',
        },
      },
      measure: {},
      low: { label: 'lowest', format: significant(3) },
      high: { label: 'highest', format: significant(3) },
      'null-lowest': { label: 'null, lowest', format: significant(3) },
      'null-highest': { label: 'null, highest', format: significant(3) },
    },
  },
  // Invariants against their nulls, and the series.
  'low-rank-nulls': {
    null: "the run's own spectra turned by Haar matrices",
    columns: {
      matrix: { words: { 'Q K^T': 'QKᵀ', 'Q^T K': 'QᵀK' } },
      layer: {},
      'effective-rank': { label: 'effective rank', format: fixed(1) },
      'gaussian-rank': { label: 'Gaussian', format: fixed(1) },
      'gaussian-to-spectra': { label: 'Gaussian less turned', format: fixed(1) },
      'spectra-to-observed': { label: 'turned less observed', format: fixed(1) },
      'init-rank': { label: 'at init', format: fixed(1) },
      'top-8-energy': { label: 'top-8 energy', format: share(1) },
      'gaussian-top-8': { label: 'Gaussian', format: share(1) },
    },
  },
  'low-rank-heads': {
    columns: {
      layer: {},
      'effective-rank': { label: 'effective rank, mean over heads', format: fixed(1) },
      'turned-rank': { label: 'the same spectra turned', format: fixed(1) },
      'gaussian-rank': { label: 'Gaussian', format: fixed(1) },
      'gaussian-to-spectra': { label: 'Gaussian less turned', format: fixed(1) },
      'spectra-to-observed': { label: 'turned less observed', format: fixed(1) },
      'heads-below': { label: 'heads below their interval', format: fixed(1) },
    },
  },
  'asymmetry-nulls': {
    null: "the run's own spectra turned by Haar matrices; of the real share, fewer",
    columns: {
      layer: {},
      rho: { label: '$\\rho$', format: signed(3) },
      'antisymmetric-energy': { label: 'antisymmetric energy', format: share(1) },
      'gaussian-rho-low': { label: 'Gaussian, from', format: signed(3) },
      'gaussian-rho-high': { label: 'to', format: signed(3) },
      'init-rho': { label: 'at init', format: signed(3) },
      'real-fraction': { label: 'real eigenvalue share', format: fixed(2) },
      'gaussian-real': { label: 'Gaussian', format: fixed(2) },
      'heads-rho': { label: '$\\rho$, mean over heads', format: signed(3) },
      'heads-more-symmetric': { label: 'heads above their interval', format: fixed(1) },
      'heads-less-symmetric': { label: 'heads below it', format: fixed(1) },
    },
  },
  'twinning-heads': {
    columns: {
      layer: {},
      'kl-q-k': { label: '$\\mathrm{KL}(Q_h\\Vert K_h)$', format: fixed(4) },
      'kl-q-v': { label: '$\\mathrm{KL}(Q_h\\Vert V_h)$', format: fixed(4) },
      'gaussian-kl': { label: 'of Gaussian heads', format: fixed(4) },
      'heads-nearer': { label: 'heads with the first below the second', format: fixed(1) },
      'heads-apart': { label: 'heads with the first beyond chance', format: fixed(1) },
      heads: { format: count },
    },
  },
  'pattern-tests': {
    columns: {
      pattern: {},
      seed: {},
      invariant: {},
      statistic: {},
      value: { format: significant(3) },
      of: { format: count },
      p: { label: 'exact $p$', format: scientific(1) },
      rule: {},
      verdict: {},
    },
  },
  'aligned-solutions': {
    null: 'alignments by Haar matrices, with the same matching of heads',
    columns: {
      pair: { words: { 'ct-sft-v1': 'CT+SFT and V1', 'v1-v1': 'V1 and V1', 'init-v1': 'V1 and its init' } },
      unit: { label: 'seeds' },
      unaligned: { label: 'embeddings, share not aligned', format: share(0) },
      'as-they-lie': { label: 'matched heads, not aligned', format: signed(4) },
      whole: { label: 'whole forms', format: signed(4) },
      matched: { label: 'matched heads', format: signed(4) },
      excess: { label: 'less chance', format: signed(4) },
      low: { label: '90 % from', format: signed(4) },
      high: { label: 'to', format: signed(4) },
      verdict: {},
    },
  },
  'prediction-divergence': {
    columns: {
      of: {},
      from: {},
      nats: { label: 'mean divergence', format: fixed(3) },
      positions: { format: count },
    },
  },
  'projection-geometry': {
    null: 'Haar matrices, by their exact mean and variance',
    beside: { white: 'of white projections' },
    columns: {
      layer: {},
      alignment: { label: 'alignment of Q and K', format: signed(3) },
      'rotation-1': { label: 'distance 1', format: signed(2) },
      'rotation-8': { label: 'distance 8', format: signed(2) },
      'rotation-64': { label: 'distance 64', format: signed(2) },
    },
  },
  'band-energy-output': {
    null: 'means over as many Gaussian matrices',
    columns: bandColumns,
  },
  'series-views': {
    null: 'independent matrices, by the exact law of |r|',
    columns: {
      form: {},
      view: {},
      'rank-one-share': { label: 'in one direction', format: share(1) },
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
    columns: {
      embedding: {},
      counts: {},
      order: {},
      quotient: {},
      'circulant-score': { label: 'circulant score', format: fixed(3) },
      'from-whole': { label: '$r$ of $W$ from the whole kernel', format: fixed(3) },
      'from-circulant': { label: 'from its circulant part', format: fixed(3) },
    },
  },
  'kernel-agreement': {
    columns: {
      a: {},
      b: {},
      cosine: { label: 'cosine of first rows', format: signed(3) },
      beside: { label: 'without the first entry', format: signed(3) },
    },
  },
  'literal-ablations': {
    columns: {
      variant: {
        words: {
          'ct-literal-measured': 'kernel measured from V1',
          'ct-literal-power-signed': 'kernel by a power of D, signed',
          'ct-literal-power-magnitudes': 'the same, magnitudes',
          'ct-literal-power-positive': 'the same, positive part',
        },
      },
      tokens: { label: 'tokens with a row', format: count },
      s: { label: '$s$', format: fixed(2) },
      loss: { label: 'loss, held out', format: fixed(3) },
      'train-loss': { label: 'loss, training text', format: fixed(3) },
    },
  },
  remarks: {
    columns: {
      remark: {},
      says: { label: 'the original says' },
      statistic: {},
      mean: { format: significant(3) },
      lowest: { format: significant(3) },
      highest: { format: significant(3) },
      'chance-lowest': { label: 'chance or init, from', format: significant(3) },
      'chance-highest': { label: 'to', format: significant(3) },
      'seeds-in-which-it-holds': { label: 'seeds in which it holds', format: count },
      verdict: {},
    },
  },
  'reported-audit': {
    columns: {
      check: {},
      kind: {},
      relation: { label: 'what is compared' },
      'implied-low': { label: 'implied, from', format: fixed(4) },
      'implied-high': { label: 'to', format: fixed(4) },
      'stated-low': { label: 'stated, from', format: fixed(4) },
      'stated-high': { label: 'to', format: fixed(4) },
      verdict: {},
    },
  },
  'independent-check': {
    columns: {
      table: {},
      cells: { label: 'cells compared', format: count },
      tolerance: { format: scientific(0) },
    },
  },
};

export const values: Values = {
  'power-trials': { format: count },
  'statistics-tokens': { format: count },
  'statistics-distinct-tokens': { format: count },
  'top-tokens': { format: count },
  'training-steps': { format: count },
  'tokens-per-step': { format: count },
  'attention-windows': { format: count },
  'ladder-windows': { format: count },
  'perplexity-gap': { format: share(1) },
  'reported-audit-disagreements': { format: count },
  'reported-audit-checks': { format: count },
  'stream-positions': { format: count },
};
