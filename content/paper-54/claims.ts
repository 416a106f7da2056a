/** What the prose asserts. A margin is the distance to flipping, in the unit that each claim names. */
import {
  type Assessment,
  above,
  all,
  any,
  below,
  type Claims,
  inEverySeed,
  onAverage,
  type ResultReader,
  within,
} from 'reproducible-paper/claims';

/**
 * A bound is the 97.5 % quantile of 99 draws, and varies by about 0.27 standard deviations of the null itself:
 * sqrt(0.975 x 0.025 / 99) over the normal density there. Within two of those nothing is decided.
 */
const nullNoise = 0.5;
/** Losses of two seeds of a small model differ by about this many nats: stated where there is one seed alone. */
const lossNoise = 0.02;

/** One assessment a row, each against the null of its own row. */
const perRow = (
  { column, rows }: ResultReader,
  table: string,
  name: string,
  assess: (figure: number, low: number, high: number, scale: ReturnType<typeof nullScale>) => Assessment,
): readonly Assessment[] => {
  const ids = rows(table);
  const beside = (role: string) => column(table, `${name}-null-${role}`).numbers;
  const [low, high, sd] = [beside('low'), beside('high'), beside('sd')];
  return column(table, name).numbers.map((figure, row) =>
    assess(figure, low[row]!, high[row]!, nullScale(sd[row]!, `${name} of ${ids[row]}`)),
  );
};

const nullScale = (sd: number, of?: string) => ({
  predicate: '',
  per: sd,
  unit: 'null sd',
  noise: nullNoise,
  ...(of === undefined ? {} : { of }),
});

const insideNull = (results: ResultReader, table: string, name: string) =>
  perRow(results, table, name, within);
const aboveNull = (results: ResultReader, table: string, name: string) =>
  perRow(results, table, name, (x, _, high, scale) => above(x, high, scale));
const belowNull = (results: ResultReader, table: string, name: string) =>
  perRow(results, table, name, (x, low, _, scale) => below(x, low, scale));
/** No larger than chance makes it. */
const notAboveNull = (results: ResultReader, table: string, name: string) =>
  perRow(results, table, name, (x, _, high, scale) => below(x, high, scale));

const lossBelow = (better: string, worse: string, predicate: string) => ({
  assess: ({ cell }: ResultReader) =>
    below(cell('training-ladder', better, 'loss'), cell('training-ladder', worse, 'loss'), {
      predicate,
      of: better,
      per: 1,
      unit: 'nats',
      seedNoise: lossNoise,
    }),
});

/** The same of trained models: seed by seed, since seeds of both see the same data in the same order. */
const trainedLossBelow = (better: string, worse: string, predicate: string) => {
  const { assess } = lossBelow(better, worse, predicate);
  return { assess: onAverage(assess) };
};

const conjectureRow = (matrix: string, view: string) => ({
  assess: onAverage(({ cell }) =>
    below(cell('conjecture', matrix, 'mean-abs-r'), cell('conjecture', matrix, 'mean-abs-r-null-high'), {
      ...nullScale(cell('conjecture', matrix, 'mean-abs-r-null-sd')),
      predicate: `mean |r| of ${matrix.toUpperCase()} with ${view} is no larger than Gaussian matrices give`,
    }),
  ),
});

/** The largest that a reported figure may have been before it was rounded. */
const reportedBound = (cell: ResultReader['cell'], check: string): number =>
  cell('reported-audit', check, 'implied-high');

/** What a reported figure implies lies below what the original's words need. */
const reportedFallsShort = (
  check: string,
  bound: 'implied-low' | 'implied-high',
  unit: string,
  predicate: string,
) => ({
  assess: ({ cell }: ResultReader) =>
    below(cell('reported-audit', check, bound), cell('reported-audit', check, 'stated-low'), {
      predicate,
      per: 1,
      unit,
    }),
});

export const claims: Claims = {
  'v1-beats-unigram': trainedLossBelow(
    'v1',
    'unigram',
    'V1 predicts held-out text better than token frequencies do',
  ),
  'bigram-beats-v1': trainedLossBelow(
    'bigram',
    'v1',
    'an interpolated bigram predicts held-out text better than V1 does',
  ),
  'ct-init-beats-random': lossBelow(
    'ct-init',
    'random-init',
    'untrained, ct-init predicts better than a random init',
  ),
  'ct-init-beats-unigram': lossBelow(
    'ct-init',
    'unigram',
    'untrained, ct-init predicts better than token frequencies do',
  ),
  'unigram-beats-literal-formula': lossBelow(
    'unigram',
    'ct-literal',
    'token frequencies predict better than the formula taken literally',
  ),
  'ct-sft-ends-behind-v1': {
    original: 'holds',
    ...trainedLossBelow('v1', 'ct-sft', 'V1 ends at a lower held-out loss than CT+SFT'),
    reported: ['gap', 'same-loss'],
  },
  'unigram-explains-ct-init': {
    assess: ({ cell }) => {
      const loss = (method: string) => cell('training-ladder', method, 'loss');
      const gain = loss('random-init') - loss('ct-init');
      return above((loss('random-init') - loss('unigram')) / gain, 0.9, {
        predicate:
          'token frequencies alone give at least nine tenths of the gain of ct-init over a random init',
        per: 1,
        unit: 'of the gain',
        seedNoise: lossNoise / gain,
      });
    },
  },
  'kernel-costs': {
    assess: ({ cell }) => {
      const loss = (variant: string) => cell('crystallization-ablations', variant, 'loss');
      return below(loss('kernel-off'), loss('as-built'), {
        predicate: 'the head predicts better without the Moebius kernel than with it',
        per: 1,
        unit: 'nats',
        seedNoise: lossNoise / 4,
      });
    },
  },
  'correlations-are-chance': {
    original: 'holds',
    reported: ['any-layer-r', 'mean-r'],
    assess: inEverySeed((results) =>
      all(
        'in no test is mean |r| larger than Gaussian matrices give',
        notAboveNull(results, 'summary-correlations', 'mean-abs-r'),
      ),
    ),
  },
  'q-is-no-attention-view': {
    ...conjectureRow('q', 'attention-weighted K_2'),
    reported: ['q-attention-view'],
  },
  'k-is-no-reverse-view': { ...conjectureRow('k', 'K_2 transposed'), reported: ['k-reverse-view'] },
  'v-is-no-trigram-view': { ...conjectureRow('v', 'K_3'), reported: ['v-trigram-view'] },
  'some-view-is-beyond-chance': {
    assess: inEverySeed((results) => {
      const tests = results.rows('summary-correlations');
      return any(
        'in some test of a corpus view mean |r| is larger than Gaussian matrices give',
        // Two of the ten compare two runs, and no view.
        aboveNull(results, 'summary-correlations', 'mean-abs-r').filter(
          (_, row) => !tests[row]!.startsWith('sft-'),
        ),
      );
    }),
  },
  'correlations-explain-little': {
    assess: inEverySeed(({ column }) =>
      all(
        'no squared correlation of any layer with any corpus view exceeds one hundredth',
        ['k2', 'k2-t', 'k3', 'window', 'k2-attention', 'k2-attention-t'].map((view) => {
          const r = column('correlations-by-layer', view);
          return below(r['max-abs'], 0.1, nullScale(column('correlations-by-layer', `${view}-null-sd`).mean));
        }),
      ),
    ),
  },
  'conjectured-views-are-no-function': {
    assess: inEverySeed(({ rows, cell }) =>
      all(
        'for each matrix the mean |r| with its conjectured view, squared, is below a thousandth',
        rows('conjecture').map((matrix) =>
          below(
            cell('conjecture', matrix, 'mean-abs-r'),
            Math.sqrt(0.001),
            nullScale(cell('conjecture', matrix, 'mean-abs-r-null-sd')),
          ),
        ),
      ),
    ),
  },
  'another-form-shows-more': {
    assess: onAverage(({ column, cell }) =>
      above(column('correlation-variants', 'k-k2-t').max, cell('conjecture', 'k', 'mean-abs-r'), {
        ...nullScale(cell('conjecture', 'k', 'mean-abs-r-null-sd')),
        predicate: 'some weighting, image or basis gives K a larger mean |r| than the main form',
      }),
    ),
  },
  'leading-band-leads': {
    assess: inEverySeed(({ cell }) =>
      all(
        'the leading band holds more of Q, K and V than of Gaussian matrices',
        ['q', 'k', 'v'].map((name) =>
          above(
            cell('band-energy', '0-32', name),
            cell('band-energy', '0-32', `${name}-null-high`),
            nullScale(cell('band-energy', '0-32', `${name}-null-sd`)),
          ),
        ),
      ),
    ),
  },
  'ete-leads-too': {
    assess: onAverage(({ cell }) =>
      above(cell('band-energy-ete', '0-32', 'q'), cell('band-energy', '0-32', 'q'), {
        ...nullScale(cell('band-energy', '0-32', 'q-null-sd')),
        predicate: 'the leading band of the E^T E eigenbasis holds at least as much of Q as that of K_2',
      }),
    ),
  },
  'bands-are-uniform': {
    original: 'holds',
    reported: ['bands-uniform'],
    assess: inEverySeed((results) =>
      all(
        'each band holds as much of Q, K and V as of Gaussian matrices',
        ['q', 'k', 'v'].flatMap((name) => insideNull(results, 'band-energy', name)),
      ),
    ),
  },
  'reported-bands-are-not-uniform': {
    ...reportedFallsShort(
      'band-0-32-of-q',
      'implied-high',
      'null sd',
      'the reported energy of Q in the leading band is lower than Gaussian matrices of its width give',
    ),
    reported: ['bands-uniform'],
  },
  'reported-norm-falls-at-last': {
    ...reportedFallsShort(
      'v-norm-grows-to-layer-7',
      'implied-high',
      'of the norm before it',
      'the reported norm of V is smaller in the last layer than in the one before it',
    ),
    reported: ['v-monotone'],
  },
  'reported-asymmetry-is-no-dominance': {
    ...reportedFallsShort(
      'antisymmetric-energy-dominates',
      'implied-low',
      'of the energy',
      'the reported range of ratios allows an antisymmetric part of less than half of the energy',
    ),
    reported: ['w-asymmetry'],
  },
  'co-occurrence-is-asymmetric': {
    reported: ['directional'],
    assess: ({ cell }) =>
      above(cell('k2-spectrum', 'asymmetry-of-log1p', 'value'), 1, {
        predicate: 'the log counts of neighbours differ from their transpose by more than their own norm',
        per: 1,
        unit: 'of the norm',
        noise: 0.02,
      }),
  },
  'qk-nearer-than-v': {
    original: 'holds',
    reported: ['qk-kl', 'qv-kl'],
    assess: inEverySeed(({ column }) => {
      const [qk, qv] = [column('spectral-twinning', 'kl-q-k'), column('spectral-twinning', 'kl-q-v')];
      const sd = column('spectral-twinning', 'kl-q-v-null-sd').first;
      return all(
        'in every layer the spectrum of Q is nearer to that of K than to that of V',
        qk.numbers.map((x, layer) => below(x, qv.numbers[layer]!, nullScale(sd))),
      );
    }),
  },
  'qk-spectra-differ': {
    assess: inEverySeed((results) =>
      all(
        'in every layer KL(Q||K) is larger than between two Gaussian matrices',
        aboveNull(results, 'spectral-twinning', 'kl-q-k'),
      ),
    ),
  },
  'qk-depart-from-random': {
    reported: ['qk-mp'],
    assess: inEverySeed((results) =>
      all('in every layer Q and K are farther from the random law than Gaussian matrices are', [
        ...aboveNull(results, 'spectral-twinning', 'kl-q-mp'),
        ...aboveNull(results, 'spectral-twinning', 'kl-k-mp'),
      ]),
    ),
  },
  'v-spectrum-is-random': {
    original: 'holds',
    reported: ['v-mp'],
    assess: inEverySeed((results) =>
      all(
        'in every layer V is no farther from the random law than a Gaussian matrix is',
        notAboveNull(results, 'spectral-twinning', 'kl-v-mp'),
      ),
    ),
  },
  'v-grows-with-depth': {
    original: 'holds',
    reported: ['v-monotone', 'v-growth'],
    assess: inEverySeed(({ column }) => {
      const { numbers } = column('value-crescendo', 'v-norm');
      const init = column('value-crescendo', 'v-norm-init');
      return all(
        'the norm of V grows from each layer to the next',
        numbers.slice(1).map((x, layer) =>
          above(x, numbers[layer]!, {
            predicate: '',
            per: init.max - init.min,
            unit: 'ranges at init',
            noise: 1,
          }),
        ),
      );
    }),
  },
  'v-stays-below-q': {
    assess: inEverySeed(({ column }) =>
      all(
        'in every layer V is smaller than Q',
        column('value-crescendo', 'v-over-q').numbers.map((x) =>
          below(x, 1, { predicate: '', per: 1, unit: 'of the norm of Q', seedNoise: 0.005 }),
        ),
      ),
    ),
  },
  'kernel-is-low-rank': {
    original: 'holds',
    reported: ['qk-rank'],
    assess: inEverySeed((results) =>
      all(
        'in every layer the effective rank of QK^T is below that of Gaussian matrices',
        belowNull(results, 'low-rank-kernel', 'effective-rank'),
      ),
    ),
  },
  'kernel-energy-leads': {
    original: 'holds',
    reported: ['qk-top-8'],
    assess: inEverySeed((results) =>
      all(
        'in every layer eight directions of QK^T hold more energy than of Gaussian matrices',
        aboveNull(results, 'low-rank-kernel', 'top-8-energy'),
      ),
    ),
  },
  'kernel-as-low-as-reported': {
    reported: ['qk-rank'],
    assess: inEverySeed(({ column, cell }) =>
      below(column('low-rank-kernel', 'effective-rank').max, reportedBound(cell, 'effective-rank-range'), {
        predicate: 'the effective rank of QK^T stays within the range that the original reports',
        per: column('low-rank-kernel', 'effective-rank-null-sd').first,
        unit: 'null sd',
        noise: nullNoise,
      }),
    ),
  },
  'form-is-more-symmetric-than-chance': {
    reported: ['w-asymmetry'],
    assess: onAverage(({ column }) =>
      above(column('asymmetry', 'rho').mean, column('asymmetry', 'rho-null-high').first, {
        ...nullScale(column('asymmetry', 'rho-null-sd').first),
        predicate: 'the mean of rho over layers is larger than Gaussian matrices give',
      }),
    ),
  },
  'antisymmetric-part-dominates': {
    original: 'holds',
    reported: ['w-asymmetry'],
    assess: inEverySeed(({ column }) => {
      const sd = column('asymmetry', 'antisymmetric-energy-null-sd').first;
      return all(
        'in every layer the antisymmetric part holds more than half of the energy',
        column('asymmetry', 'antisymmetric-energy').numbers.map((x) => above(x, 0.5, nullScale(sd))),
      );
    }),
  },
  'real-share-exceeds-chance': {
    reported: ['w-real'],
    assess: onAverage(({ column }) =>
      above(column('asymmetry', 'real-fraction').mean, column('asymmetry', 'real-fraction-null-high').first, {
        ...nullScale(column('asymmetry', 'real-fraction-null-sd').first),
        predicate: 'the mean real share of the eigenvalues is larger than Gaussian matrices give',
      }),
    ),
  },
  'solutions-are-uncorrelated': {
    original: 'holds',
    reported: ['same-loss'],
    assess: inEverySeed((results) =>
      // Averages over layers: of many single correlations some leave their interval by chance.
      all(
        'mean |r| of CT+SFT with V1 is no larger than Gaussian matrices give',
        ['sft-q-v1-q', 'sft-v-v1-v'].map((test) =>
          below(
            results.cell('summary-correlations', test, 'mean-abs-r'),
            results.cell('summary-correlations', test, 'mean-abs-r-null-high'),
            nullScale(results.cell('summary-correlations', test, 'mean-abs-r-null-sd')),
          ),
        ),
      ),
    ),
  },
  'init-is-still-visible': {
    assess: inEverySeed(({ column }) => {
      const high = column('non-uniqueness', 'corr-q-null-high').max;
      const sd = column('non-uniqueness', 'corr-q-null-sd').mean;
      return all(
        'in every layer V1 still correlates with its own init far beyond chance',
        column('non-uniqueness', 'init-corr-q').numbers.map((x) => above(x, high, nullScale(sd))),
      );
    }),
  },
  'v-drifts-most': {
    original: 'holds',
    reported: ['drift-text', 'drift-ratio'],
    assess: inEverySeed(({ column }) => {
      const [v, q] = [
        column('non-uniqueness', 'drift-v').numbers,
        column('non-uniqueness', 'drift-q').numbers,
      ];
      return all(
        'in every layer V drifts farther from its init than Q',
        v.map((x, layer) =>
          above(x, q[layer]!, { predicate: '', per: q[layer]!, unit: 'drifts of Q', seedNoise: 0.02 }),
        ),
      );
    }),
  },
  'q-drifts-most': {
    assess: inEverySeed(({ column }) => {
      const [v, q] = [
        column('non-uniqueness', 'drift-v').numbers,
        column('non-uniqueness', 'drift-q').numbers,
      ];
      return all(
        'in every layer Q drifts farther from its init than V',
        q.map((x, layer) =>
          above(x, v[layer]!, { predicate: '', per: v[layer]!, unit: 'drifts of V', seedNoise: 0.02 }),
        ),
      );
    }),
  },
  'reported-figures-disagree': {
    assess: ({ value }) =>
      above(value('reported-audit-disagreements'), 0, {
        predicate: 'some reported figures contradict each other beyond rounding',
        per: 1,
        unit: 'checks',
      }),
  },
  'some-test-is-significant': {
    assess: inEverySeed(({ column }) =>
      any(
        'at least one test has a smaller p than one in twenty',
        column('summary-correlations', 'mean-abs-r-p').numbers.map((p) =>
          below(p, 0.05, { predicate: '', per: 1, unit: 'of p', noise: 0.01 }),
        ),
      ),
    ),
  },
};
