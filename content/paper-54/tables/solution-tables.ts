/** How far runs end from where they began, and from each other. */
import { count, fixed, share, signed, type Tables } from 'reproducible-paper/results';

export const solutionTables = {
  'non-uniqueness': {
    title: 'Drift from the init, and CT+SFT against V1',
    whose: 'inferred',
    null: 'independent matrices, by the law of r',
    nullOf: {
      'corr-q.mean': [
        'distance-from-chance.two-runs-alike.chance-low',
        'distance-from-chance.two-runs-alike.chance-high',
      ],
    },
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
      'init-corr-q': {
        label: "$r$ of V1's $Q$ with its init",
        format: signed(2),
        definition: "Pearson's $r$ of flattened matrices, once trained and before",
        whose: 'ours',
      },
      'init-corr-k': { label: "$r$ of V1's $K$ with its init", format: signed(2) },
      'init-corr-v': { label: "$r$ of V1's $V$ with its init", format: signed(2) },
    },
  },
  'aligned-solutions': {
    title: 'Pairs of runs, aligned and matched',
    whose: 'ours',
    null: 'alignments by Haar matrices, with the same matching of heads',
    columns: {
      pair: {
        words: {
          'ct-sft-v1': 'CT+SFT and V1',
          'v1-v1': 'V1 and V1',
          'init-v1': 'V1 and its init',
          'same-start': 'V1 and random order, one start',
        },
      },
      unit: { label: 'seeds' },
      unaligned: { label: 'embeddings, share not aligned', format: share(0) },
      'as-they-lie': { label: 'matched heads, not aligned', format: signed(4) },
      whole: { label: 'whole forms', format: signed(4) },
      matched: { label: 'matched heads', format: signed(4) },
      excess: { label: 'less chance', format: signed(4) },
      low: {
        label: '90 % from',
        format: signed(4),
        definition:
          'over pairs, by Student’s $t$; pairs of three runs with each other are not independent, so that of V1 and V1 it is too narrow',
        whose: 'ours',
      },
      high: { label: '90 % to', format: signed(4) },
      verdict: {},
    },
  },
  'prediction-divergence': {
    title: 'Divergence between predictions',
    whose: 'ours',
    columns: {
      of: {},
      from: {},
      nats: { label: 'mean divergence', format: fixed(3) },
      positions: { format: count },
    },
  },
} satisfies Tables;
