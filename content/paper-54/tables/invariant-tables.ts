/** The five regularities, bands, and their nulls. */
import {
  count,
  fixed,
  scientific,
  share,
  signed,
  significant,
  type Tables,
} from 'reproducible-paper/results';

type Columns = Tables[string]['columns'];

/** Shares of energy by band of frequency. */
const bandColumns = {
  band: {},
  dimensions: {},
  q: {
    label: '$Q$',
    format: share(1),
    definition: '$\\lVert QU_b\\rVert^2/\\lVert Q\\rVert^2$, mean over layers',
    whose: 'inferred',
  },
  k: { label: '$K$', format: share(1) },
  v: { label: '$V$', format: share(1) },
  uniform: { label: 'if uniform', format: share(1) },
} satisfies Columns;

/** How many directions a matrix uses. */
const rankColumns = {
  'effective-rank': {
    label: 'effective rank',
    format: fixed(1),
    definition: '$(\\sum_i\\sigma_i)^2/\\sum_i\\sigma_i^2$',
    whose: 'inferred',
  },
  'top-8-energy': {
    label: 'top-8 energy',
    format: share(1),
    definition: '$\\sum_{i\\le k}\\sigma_i^2/\\sum_i\\sigma_i^2$',
    whose: 'inferred',
  },
  'top-32-energy': { label: 'top-32 energy', format: share(1), whose: 'inferred' },
  'entropy-rank': {
    label: '$\\exp H$',
    format: fixed(1),
    definition: 'exponential of the entropy of $\\sigma_i/\\sum_j\\sigma_j$',
    whose: 'ours',
  },
} satisfies Columns;

/** How far a form is from its transpose. */
const asymmetryColumns = {
  ratio: {
    label: '$\\lVert W-W^\\top\\rVert/\\lVert W\\rVert$',
    format: fixed(2),
    definition: 'with $W=Q^\\top K$',
    whose: 'theirs',
  },
  rho: {
    label: '$\\rho$',
    format: signed(3),
    definition: '$\\langle W,W^\\top\\rangle/\\lVert W\\rVert^2$',
    whose: 'ours',
  },
  'real-fraction': {
    label: 'real eigenvalue share',
    format: fixed(2),
    definition: '$\\sum|\\mathrm{Re}\\,\\lambda|/\\sum|\\lambda|$',
    whose: 'inferred',
  },
  'antisymmetric-energy': {
    label: 'antisymmetric energy',
    format: share(1),
    definition: '$(1-\\rho)/2$',
    whose: 'ours',
  },
} satisfies Columns;

export const invariantTables = {
  'distance-from-chance': {
    title: 'Every regularity against chance',
    columns: {
      quantity: {},
      measure: {},
      value: { label: 'here', format: significant(3), definition: 'mean over trainings' },
      lowest: { format: significant(3), definition: 'of all trainings' },
      highest: { format: significant(3), definition: 'of all trainings' },
      'chance-low': {
        label: 'chance, from',
        format: significant(3),
        definition: 'middle 95 % of the null, of a mean over as many layers',
        whose: 'ours',
      },
      'chance-high': { label: 'chance, to', format: significant(3) },
      reported: {
        label: 'original',
        format: significant(3),
        definition: 'the middle of what the printed digits allow; of layers, those that are printed',
        whose: 'theirs',
      },
      distance: {
        format: significant(3),
        definition: 'from the middle of the interval of chance, in its half-widths',
        whose: 'ours',
      },
    },
  },
  'band-energy': {
    title: 'Band energy by the eigenbasis of neighbour counts',
    null: 'means over as many Gaussian matrices, by their exact mean and variance',
    columns: bandColumns,
  },
  'band-energy-ete': {
    title: 'Band energy by the embedding’s own eigenbasis',
    null: 'means over as many Gaussian matrices, by their exact mean and variance',
    columns: bandColumns,
  },
  'band-energy-output': {
    title: 'Band energy on the output side',
    null: 'means over as many Gaussian matrices, by their exact mean and variance',
    columns: bandColumns,
  },
  'spectral-twinning': {
    title: 'Divergence between spectra',
    null: 'Gaussian matrices of the same shape',
    columns: {
      layer: {},
      'kl-q-k': {
        label: '$\\mathrm{KL}(Q\\Vert K)$',
        format: fixed(4),
        definition: 'of sorted singular values, each list divided by its sum; nats',
        whose: 'inferred',
      },
      'kl-q-v': { label: '$\\mathrm{KL}(Q\\Vert V)$', format: fixed(4) },
      'kl-q-mp': {
        label: '$\\mathrm{KL}(Q\\Vert \\mathrm{MP})$',
        format: fixed(4),
        definition: 'to the quantiles of the quarter circle at $(i-\\tfrac12)/n$',
        whose: 'inferred',
      },
      'kl-k-mp': { label: '$\\mathrm{KL}(K\\Vert \\mathrm{MP})$', format: fixed(4) },
      'kl-v-mp': { label: '$\\mathrm{KL}(V\\Vert \\mathrm{MP})$', format: fixed(4) },
    },
  },
  'value-crescendo': {
    title: 'Norms over depth',
    beside: { init: 'at init' },
    columns: {
      layer: {},
      'q-norm': {
        label: '$\\lVert Q\\rVert_F$',
        format: fixed(2),
        definition: 'Frobenius norm',
        whose: 'theirs',
      },
      'k-norm': { label: '$\\lVert K\\rVert_F$', format: fixed(2) },
      'v-norm': { label: '$\\lVert V\\rVert_F$', format: fixed(2) },
      'v-over-q': { label: '$V/Q$', format: fixed(3) },
    },
  },
  'low-rank-kernel': {
    title: 'Rank of the product of Q and K',
    null: 'Gaussian matrices of the same shape',
    summary: { mean: ['mean'] },
    columns: {
      layer: {},
      ...rankColumns,
    },
  },
  'low-rank-form': {
    title: 'Rank of the form that attention takes',
    null: 'Gaussian matrices of the same shape',
    columns: {
      layer: {},
      ...rankColumns,
    },
  },
  asymmetry: {
    title: 'Asymmetry by layer',
    null: 'Gaussian matrices of the same shape',
    summary: { all: ['min', 'max'] },
    columns: {
      layer: {},
      ...asymmetryColumns,
    },
  },
  'asymmetry-by-head': {
    title: 'Asymmetry by head',
    null: 'heads of Gaussian matrices',
    columns: {
      layer: {},
      head: {},
      ...asymmetryColumns,
      'effective-rank': { label: 'effective rank', format: fixed(1) },
    },
  },
  'non-uniqueness': {
    title: 'Drift from the init, and CT+SFT against V1',
    null: 'independent matrices, by the law of r',
    columns: {
      layer: {},
      'drift-q': {
        label: 'drift of $Q$',
        format: fixed(3),
        definition: '$\\lVert W_{\\mathrm{end}}-W_{\\mathrm{init}}\\rVert/\\lVert W_{\\mathrm{init}}\\rVert$',
        whose: 'inferred',
      },
      'drift-k': { label: 'drift of $K$', format: fixed(3) },
      'drift-v': { label: 'drift of $V$', format: fixed(3) },
      'corr-q': {
        label: '$r$ of $Q$ with V1',
        format: signed(4),
        definition: "Pearson's $r$ of flattened matrices",
        whose: 'theirs',
      },
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
    title: 'The five regularities in sum',
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
  'low-rank-nulls': {
    title: 'Rank against its two causes',
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
    title: 'Rank by head',
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
    title: 'Asymmetry against its nulls',
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
    title: 'Divergence between spectra, by head',
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
    title: 'Exact tests of patterns over layers',
    columns: {
      pattern: {
        words: {
          'qk-nearer-than-qv': 'Q nearer to K than to V',
          'heads-qk-nearer-than-qv': 'Q nearer to K than to V, by heads',
          'qk-apart': 'Q and K apart',
          'q-from-random': 'Q from random',
          'v-from-random': 'V from random',
          'v-nearer-to-random': 'V nearer to random than Q',
          'v-farther-from-random': 'V farther from random than Q',
          'v-grows': 'V grows',
          'v-monotone': 'V grows at each step',
          'v-over-q-grows': 'V/Q grows',
          'rank-grows': 'rank grows',
          'kernel-low-rank': 'QKᵀ of low rank',
          'form-low-rank': 'QᵀK of low rank',
          'heads-low-rank': 'heads of low rank',
          'as-low-as-reported': 'rank as low as reported',
          'form-more-symmetric': 'form more symmetric',
          'heads-more-symmetric': 'heads more symmetric',
          'weights-more-symmetric': 'weights more symmetric',
          'antisymmetric-dominates': 'antisymmetric part dominates',
          'real-share-above': 'real share above chance',
        },
      },
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
    title: 'Pairs of trainings, aligned and matched',
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
    title: 'Divergence between predictions',
    columns: {
      of: {},
      from: {},
      nats: { label: 'mean divergence', format: fixed(3) },
      positions: { format: count },
    },
  },
  'projection-geometry': {
    title: 'How Q and K lie to each other',
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
} satisfies Tables;
