/** T6: attention's forms on tokens. */
import { count, fixed, share, signed, type Tables } from 'reproducible-paper/results';

type Columns = Tables[string]['columns'];

/** The words that the form tests have in common. */
export const formWords = {
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

/** Of a share over runs. */
const limit = {
  label: 'at most',
  format: share(2),
  definition: 'the largest that the 95 % interval of its root over runs allows, by Student’s $t$',
  whose: 'ours',
} as const;

export const formTables = {
  'form-test-summary': {
    title: 'Every form test with its verdict',
    whose: 'ours',
    null: 'forms rotated by Haar matrices',
    columns: {
      form: formWords.form,
      frequency: { words: { free: 'taken out', whole: 'left in' } },
      view: formWords.view,
      part: {},
      statistic: { words: { rms: 'RMS' } },
      verdict: {
        label: 'verdict, by rotations',
        words: { 'present-negligible': 'negligible', 'not-detected': 'not detected' },
        definition:
          'present: beyond rotations, corrected, and the 90 % interval over runs leaves zero out; negligible: that, and within the bound; absent: neither, where a planted view of the bound’s size is found nearly always',
        whose: 'ours',
      },
      found: {
        label: 'over heads',
        format: signed(4),
        definition:
          'cosine of a head’s form with the view, both on tokens, less the mean of its rotated forms: the statistic over heads and layers, mean over runs',
        whose: 'ours',
      },
      family: {},
      'p-adjusted': {
        label: '$p$, corrected',
        format: fixed(3),
        definition:
          'among the draws of the null, on both sides of a mean and above a root mean square; corrected within its family, the primary one by Holm, all else by Benjamini and Hochberg',
        whose: 'ours',
      },
      'p-signs': { label: '$p$, signs', format: fixed(3) },
      'p-labels': { label: '$p$, labels', format: fixed(3) },
      effect: {
        format: signed(4),
        definition:
          'what is beyond the null: of a root mean square $\\sqrt{x^2-\\mathrm{E}\\,x_0^2}$, or zero',
        whose: 'ours',
      },
      'effect-low': {
        label: 'effect, from',
        format: signed(4),
        definition: 'lower end of the 95 % interval of the effect over runs, by Student’s $t$',
        whose: 'ours',
      },
      'effect-high': {
        label: 'effect, to',
        format: signed(4),
        definition: 'upper end of the 95 % interval of the effect over runs, by Student’s $t$',
        whose: 'ours',
      },
      alpha: {
        label: '$\\hat\\alpha$',
        format: signed(4),
        definition:
          'the strength at which this view, planted in this form, returns this effect on average, by a straight line between the strengths that were tried; of symmetric and antisymmetric parts nothing was planted',
        whose: 'ours',
      },
      'alpha-low': {
        label: '$\\hat\\alpha$, from',
        format: signed(4),
        definition: 'lower end of the 95 % interval of $\\hat\\alpha$ over runs, by Student’s $t$',
        whose: 'ours',
      },
      'alpha-high': {
        label: '$\\hat\\alpha$, to',
        format: signed(4),
        definition: 'upper end of the 95 % interval of $\\hat\\alpha$ over runs, by Student’s $t$',
        whose: 'ours',
      },
      energy: {
        label: '$\\hat\\alpha^2$',
        format: share(2),
        definition: 'share of the energy of the form on tokens that the view makes up, as calibrated',
        whose: 'ours',
      },
      'energy-limit': {
        label: '$\\hat\\alpha^2$, at most',
        format: share(2),
        definition: 'the largest that the 95 % interval of $\\hat\\alpha$ over runs allows',
        whose: 'ours',
      },
      carried: {
        label: 'carried by $E$',
        format: fixed(2),
        definition:
          'the largest cosine with the view itself that scores $EBE^\\top$ of any form $B$ can have: what the embedding’s rows bring along of it',
        whose: 'ours',
      },
    },
  },
  'form-test-by-distance': {
    title: 'Cosine of forms with views, by distance',
    whose: 'ours',
    null: 'forms rotated by Haar matrices',
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
    title: 'Cosine of forms with views, by layer',
    whose: 'ours',
    null: 'forms rotated by Haar matrices',
    columns: {
      layer: {},
      k2: {
        label: '$K_2$',
        format: signed(3),
        definition:
          'cosine of the form that a layer’s heads have together with the view, both on tokens and free of frequency',
        whose: 'ours',
      },
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
  'trace-by-layer': {
    title: 'Views in a layer’s form',
    whose: 'ours',
    columns: {
      layer: {},
      view: formWords.view,
      cosine: {
        format: signed(3),
        definition:
          'cosine of the form that a layer’s heads have together with the view, both on tokens: mean over runs',
        whose: 'ours',
      },
      share: {
        label: 'share of energy',
        format: share(2),
        definition:
          'square of what the cosine has beyond its rotated forms’ mean, less theirs, or zero: mean over runs',
        whose: 'ours',
      },
      'share-lowest': { label: 'lowest run', format: share(2) },
      'share-highest': { label: 'highest run', format: share(2) },
      limit,
      'beyond-signs': {
        label: 'beyond random signs',
        format: share(2),
        definition:
          'the same against random signs in the eigenbasis of the embedding, which keep how strong each direction is: mean over runs',
        whose: 'ours',
      },
    },
  },
  'whole-forms': {
    title: 'Views in whole forms',
    whose: 'ours',
    columns: {
      ...formWords,
      share: {
        label: 'share of energy',
        format: share(2),
        definition:
          'of the form that a layer’s heads have together: square of what its cosine has beyond its rotated forms’ mean, less theirs, mean over layers, or zero; mean over runs',
        whose: 'ours',
      },
      limit,
    },
  },
  'form-symmetry': {
    title: 'Symmetry of forms, free of frequency',
    whose: 'ours',
    null: "the run's own spectra rotated by a Haar matrix a side",
    nullOf: {
      'rho.mean': [
        'distance-from-chance.form-symmetric.chance-low',
        'distance-from-chance.form-symmetric.chance-high',
      ],
    },
    columns: {
      layer: {},
      rho: {
        label: '$\\rho$, free of frequency',
        format: signed(3),
        definition:
          '$\\langle A,A^\\top\\rangle/\\lVert A\\rVert^2$ of the form on tokens, summed over heads',
        whose: 'ours',
      },
      'rho-whole': { label: '$\\rho$, with it', format: signed(3) },
      'heads-rho': { label: 'mean over heads', format: signed(3) },
      'heads-more-symmetric': { label: 'heads above their interval', format: fixed(1) },
      'heads-less-symmetric': { label: 'heads below it', format: fixed(1) },
    },
  },
  'form-energy': {
    title: 'Parts of a form’s energy',
    whose: 'ours',
    columns: {
      layer: {},
      constant: { format: share(1) },
      'query-frequency': { label: 'frequency of the later token', format: share(1) },
      'key-frequency': { label: 'of the earlier one', format: share(1) },
      'both-frequencies': { label: 'of both', format: share(1) },
      'one-identity': { label: 'which token one is', format: share(1) },
      'both-identities': {
        label: 'which both are',
        format: share(1),
        definition:
          'share of the energy of a layer’s form on tokens that is neither constant nor of the frequency of either token',
        whose: 'ours',
      },
      'leading-direction': { label: 'largest singular value', format: share(1) },
    },
  },
  'stream-identity': {
    title: 'Stream explained by its token',
    whose: 'ours',
    columns: {
      layer: {},
      'same-direction': { label: 'along its row', format: share(2) },
      'linear-map': { label: 'by a linear map of its row', format: share(1) },
      token: { label: 'by which token it is', format: share(1) },
    },
  },
} satisfies Tables;
