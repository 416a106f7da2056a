/** T1 against its gauge null, T2 to T5, and what each test can see. */
import { fixed, share, signed, type Tables } from 'reproducible-paper/results';
import { correlationTestWords } from './correlation-tables.ts';
import { formWords } from './form-tables.ts';

type Columns = Tables[string]['columns'];

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

/** What is planted beside K_2 in comparing forms, as the words of its tests. */
const plantedBeside = {
  'qk-k2-t': 'K₂ᵀ',
  'qk-k3-skip': 'two apart',
  'ov-k2': 'K₂, copying',
  'ov-k2-t': 'K₂ᵀ, copying',
  'ov-k3-skip': 'two apart, copying',
};

const powerTest = {
  words: {
    't1-q': 'T1, Q with K₂, by the law',
    't1-k': 'T1, K with K₂, by the law',
    't1-direct': 'T1, planted in Q itself',
    't1-hidden': 'T1, planted in Q itself, outputs rotated',
    't6-whole': 'T6, whole form, layers',
    grams: 'T2, Gram matrices',
    cka: 'T3, linear CKA',
    procrustes: 'T4, Procrustes',
    overlap: 'T5, subspace overlap',
    't6-free': 'T6, free of frequency, layers',
    't6-free-mean': 'T6, free of frequency, mean over heads',
    't6-free-rms': 'T6, free of frequency, RMS over heads',
    ...Object.fromEntries(
      Object.entries(plantedBeside).flatMap(([id, of]) => [
        [`t6-free-${id}`, `T6, free, of ${of}, layers`],
        [`t6-free-${id}-mean`, `T6, free, of ${of}, mean over heads`],
        [`t6-free-${id}-rms`, `T6, free, of ${of}, RMS over heads`],
      ]),
    ),
  },
};

const gaugeColumns = {
  matrix: {},
  view: viewWords,
  'mean-abs-r': { label: 'mean $|r|$', format: fixed(4) },
  'p-adjusted': { label: '$p$, Holm', format: fixed(3) },
  'by-law': { label: 'mean $|r|$, by the law', format: fixed(4) },
} satisfies Columns;

/** What small models from planted starts show of one statistic over heads, a row after so many steps. */
const startColumns = (statistic: string, word: string): Columns => ({
  [statistic]: {
    label: `$\\alpha$, ${word}, beyond rotations`,
    format: fixed(3),
    definition:
      'strength found in four of five, the least that was tried where that one is: 0 where even models to which nothing was given are, none where no strength is',
    whose: 'ours',
  },
  [`${statistic}-above`]: { label: `$\\alpha$, ${word}, above none`, format: fixed(3) },
  [`${statistic}-none`]: { label: `none, ${word}, beyond rotations`, format: share(0) },
  [`${statistic}-all`]: { label: `whole, ${word}, above none`, format: share(0) },
  [`${statistic}-gained`]: { label: `whole, ${word}, gained`, format: fixed(3) },
  [`${statistic}-gained-low`]: { label: `whole, ${word}, gained, from`, format: fixed(3) },
  [`${statistic}-gained-high`]: { label: `whole, ${word}, gained, to`, format: fixed(3) },
});

export const powerTables = {
  'gauge-test': {
    title: 'Correlations against rotated outputs',
    whose: 'ours',
    null: 'Q, K or V with its outputs rotated',
    columns: gaugeColumns,
  },
  'gauge-test-by-seed': {
    title: 'Correlations against rotated outputs, by seed',
    whose: 'ours',
    null: 'Q, K or V with its outputs rotated',
    columns: { seed: {}, ...gaugeColumns },
  },
  'pooled-correlations': {
    title: 'The conjecture’s tests by correlation, by seed',
    whose: 'ours',
    null: 'independent matrices, by the law of r',
    columns: {
      test: { words: correlationTestWords },
      seed: {},
      'mean-abs-r': { label: 'mean $|r|$', format: fixed(4) },
    },
  },
  'statistics-beyond-r': {
    title: 'Statistics beyond Pearson’s r',
    whose: 'ours',
    null: 'Q, K or V with its inputs rotated',
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
    title: 'Power of each test over planted strength',
    whose: 'ours',
    columns: {
      test: powerTest,
      alpha: {
        label: '$\\alpha$',
        definition: 'planted strength: $\\alpha^2$ is the share of the energy that the view makes up',
        whose: 'ours',
      },
      power: {
        format: share(0),
        definition: 'share of planted trials in which the test finds the view at its level',
        whose: 'ours',
      },
      low: { label: 'power, from', format: share(0) },
      high: { label: 'power, to', format: share(0) },
      estimate: { format: signed(4) },
      'estimate-sd': { label: 'estimate, sd', format: fixed(4) },
    },
  },
  calibrations: {
    title: 'What each planted view returns at the bound',
    whose: 'ours',
    columns: {
      ...formWords,
      statistic: { words: { mean: 'mean over heads', rms: 'RMS over heads' } },
      returned: {
        label: 'effect returned',
        format: fixed(4),
        definition:
          'mean over trials of the effect of a view planted at the strength below which one is negligible',
        whose: 'ours',
      },
      'returned-sd': { label: 'effect returned, sd', format: fixed(4) },
      power: { label: 'found', format: share(0) },
      'power-low': { label: 'found, at least', format: share(0) },
      'by-first': {
        label: '$\\hat\\alpha$ by $K_2$, comparing',
        format: fixed(4),
        definition:
          'the strength that this effect would be given if K₂ planted in comparing forms calibrated it',
        whose: 'ours',
      },
      apart: {
        label: 'apart from it, in sd',
        format: signed(2),
        definition:
          'the effect less that of K₂ planted in comparing forms, in standard deviations of one trial',
        whose: 'ours',
      },
    },
  },
  'planted-training': {
    title: 'A planted view after training, by layer',
    whose: 'ours',
    null: 'the form rotated at random',
    columns: {
      layer: {},
      start: { label: 'at the start', format: signed(3) },
      trained: { label: 'trained', format: signed(3) },
      v1: { label: 'V1', format: signed(3) },
      kept: { label: 'trained with start', format: signed(3) },
      'kept-v1': { label: 'V1 with its init', format: signed(3) },
    },
  },
  'planted-training-summary': {
    title: 'A planted view after training, over heads',
    whose: 'ours',
    null: 'the form rotated at random',
    columns: {
      statistic: { words: { mean: 'mean over heads', rms: 'RMS over heads' } },
      start: { label: 'at the start', format: signed(4) },
      'start-alpha': { label: '$\\hat\\alpha$ at the start', format: fixed(3) },
      trained: { label: 'trained', format: signed(4) },
      alpha: { label: '$\\hat\\alpha$ trained', format: fixed(3) },
      'alpha-low': { label: '$\\hat\\alpha$ trained, from', format: fixed(3) },
      'alpha-high': { label: '$\\hat\\alpha$ trained, to', format: fixed(3) },
      v1: { label: 'V1', format: signed(4) },
      'v1-alpha': { label: '$\\hat\\alpha$ of V1', format: fixed(3) },
    },
  },
  'planted-starts': {
    title: 'Small models from planted starts, by strength and steps',
    whose: 'ours',
    null: 'the form rotated at random',
    columns: {
      statistic: { words: { mean: 'mean over heads', rms: 'RMS over heads' } },
      alpha: { label: '$\\alpha$ at the start' },
      step: { label: 'steps' },
      effect: {
        format: signed(4),
        definition: 'what the statistic has beyond its null, mean over models',
        whose: 'ours',
      },
      found: {
        label: 'beyond rotations',
        format: share(0),
        definition: 'share of the models whose form lies beyond random rotations at the level of 0.05',
        whose: 'ours',
      },
      'found-low': { label: 'beyond rotations, from', format: share(0) },
      'found-high': { label: 'beyond rotations, to', format: share(0) },
      gained: {
        label: 'gained',
        format: signed(4),
        definition:
          'effect less that of the model of the same seed to which nothing was given, mean over seeds; its interval is Student’s, of 95 %',
        whose: 'ours',
      },
      'gained-low': { label: 'gained, from', format: signed(4) },
      'gained-high': { label: 'gained, to', format: signed(4) },
      above: {
        label: 'above none',
        format: share(0),
        definition:
          'share of the models that gained more than two models to which nothing was given differ by, at the level of 0.05 one-sided',
        whose: 'ours',
      },
      'above-low': { label: 'above, from', format: share(0) },
      'above-high': { label: 'above, to', format: share(0) },
    },
  },
  'planted-start-strengths': {
    title: 'The weakest planted start that is found, by steps',
    whose: 'ours',
    columns: {
      step: { label: 'steps' },
      ...startColumns('mean', 'mean'),
      ...startColumns('rms', 'RMS'),
      'loss-none': { label: 'loss, none', format: fixed(2) },
      'loss-all': { label: 'loss, whole', format: fixed(2) },
    },
  },
  'shuffled-training': {
    title: 'A model that read its text in random order',
    whose: 'ours',
    null: 'forms rotated by Haar matrices',
    columns: {
      view: { words: { K_2: 'K₂', K_2_T: 'K₂ᵀ', K_3_skip: 'two apart' } },
      statistic: { words: { mean: 'mean over heads', rms: 'RMS over heads' } },
      shuffled: {
        label: 'random order',
        format: signed(4),
        definition:
          'T6 as in the primary family, of a model trained on the same tokens in an order that was drawn',
        whose: 'ours',
      },
      'p-adjusted': { label: '$p$, Holm', format: fixed(3) },
      'p-signs': { label: '$p$, signs', format: fixed(3) },
      'p-labels': { label: '$p$, labels', format: fixed(3) },
      alpha: { label: '$\\hat\\alpha$', format: signed(4) },
      'alpha-low': { label: '$\\hat\\alpha$, from', format: signed(4) },
      'alpha-high': { label: '$\\hat\\alpha$, to', format: signed(4) },
      v1: { label: 'V1, same start', format: signed(4) },
      'v1-alpha': { label: '$\\hat\\alpha$ of V1', format: signed(4) },
    },
  },
  'power-strengths': {
    title: 'The weakest trace that each test finds',
    whose: 'ours',
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
