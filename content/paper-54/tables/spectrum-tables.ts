/** Spectra: how a projection’s energy lies along directions. */
import { count, fixed, share, type Tables } from 'reproducible-paper/results';

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
  uniform: {
    label: 'if uniform',
    format: share(1),
    definition: 'the band’s share of all directions',
    whose: 'ours',
  },
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

export const spectrumTables = {
  'band-energy': {
    title: 'Band energy by the eigenbasis of neighbour counts',
    whose: 'inferred',
    null: 'means over as many Gaussian matrices, by their exact mean and variance',
    columns: bandColumns,
  },
  'band-energy-ete': {
    title: 'Band energy by the embedding’s own eigenbasis',
    whose: 'inferred',
    null: 'means over as many Gaussian matrices, by their exact mean and variance',
    columns: bandColumns,
  },
  'band-energy-output': {
    title: 'Band energy on the output side',
    whose: 'ours',
    null: 'means over as many Gaussian matrices, by their exact mean and variance',
    columns: bandColumns,
  },
  'spectral-twinning': {
    title: 'Divergence between spectra',
    whose: 'inferred',
    null: 'Gaussian matrices of the same shape',
    nullOf: {
      'kl-q-k.mean': [
        'distance-from-chance.q-and-k-apart.chance-low',
        'distance-from-chance.q-and-k-apart.chance-high',
      ],
      'kl-v-mp.mean': [
        'distance-from-chance.v-apart-from-random.chance-low',
        'distance-from-chance.v-apart-from-random.chance-high',
      ],
    },
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
      'kl-v-mp': {
        label: '$\\mathrm{KL}(V\\Vert \\mathrm{MP})$',
        format: fixed(4),
        definition: 'to the quantiles of the quarter circle at $(i-\\tfrac12)/n$',
        whose: 'inferred',
      },
    },
  },
  'twinning-heads': {
    title: 'Divergence between spectra, by head',
    whose: 'ours',
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
  'low-rank-kernel': {
    title: 'Rank of the product of Q and K',
    whose: 'inferred',
    null: 'Gaussian matrices of the same shape',
    summary: { mean: ['mean'] },
    columns: {
      layer: {},
      ...rankColumns,
    },
  },
  'low-rank-form': {
    title: 'Rank of the form that attention takes',
    whose: 'ours',
    null: 'Gaussian matrices of the same shape',
    columns: {
      layer: {},
      ...rankColumns,
    },
  },
  'low-rank-nulls': {
    title: 'Rank against its two causes',
    whose: 'ours',
    null: "the run's own spectra rotated by Haar matrices",
    columns: {
      matrix: { words: { 'Q K^T': 'QKᵀ', 'Q^T K': 'QᵀK' } },
      layer: {},
      'effective-rank': { label: 'effective rank', format: fixed(1) },
      'gaussian-rank': { label: 'Gaussian rank', format: fixed(1) },
      'gaussian-to-spectra': { label: 'Gaussian less rotated', format: fixed(1) },
      'spectra-to-observed': { label: 'rotated less observed', format: fixed(1) },
      'init-rank': { label: 'at init', format: fixed(1) },
      'top-8-energy': { label: 'top-8 energy', format: share(1) },
      'gaussian-top-8': { label: 'top-8 energy, Gaussian', format: share(1) },
    },
  },
  'low-rank-heads': {
    title: 'Rank by head',
    whose: 'ours',
    columns: {
      layer: {},
      'effective-rank': { label: 'effective rank, mean over heads', format: fixed(1) },
      'turned-rank': { label: 'rank of their spectra, rotated', format: fixed(1) },
      'gaussian-rank': { label: 'Gaussian rank', format: fixed(1) },
      'gaussian-to-spectra': { label: 'Gaussian less rotated', format: fixed(1) },
      'spectra-to-observed': { label: 'rotated less observed', format: fixed(1) },
      'heads-below': { label: 'heads below their interval', format: fixed(1) },
    },
  },
} satisfies Tables;
