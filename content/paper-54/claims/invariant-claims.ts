/** The five regularities, each by a rule that was fixed before: a pattern by how many layers show it. */
import {
  above,
  all,
  atLeast,
  below,
  besideSeeds,
  type Claims,
  inEverySeed,
  onAverage,
  type ResultReader,
  significant,
  within,
} from 'reproducible-paper/claims';
import { aboveNull, belowNull, nearlyAll, notAboveNull, nullScale } from './against-null.ts';
import { level } from './level.ts';

/** A column above another, layer by layer, in units of the second's null. */
const layersAbove = (
  { column }: ResultReader,
  table: string,
  larger: string,
  smaller: string,
  of: string,
) => {
  const limits = column(table, smaller).numbers;
  const sd = column(table, `${of}-null-sd`).numbers;
  return column(table, larger).numbers.map((x, layer) =>
    above(x, limits[layer]!, nullScale(sd[layer]!, `layer ${layer}`)),
  );
};

/** What so many heads of each layer show. */
const inNearlyAllHeads = (table: string, name: string, predicate: string) =>
  inEverySeed(({ column, rows }) => {
    const found = column(table, name).numbers.reduce((sum, x) => sum + x, 0);
    return above(found, nearlyAll * rows('asymmetry-by-head').length, { predicate, per: 1, unit: 'heads' });
  });

/** A pattern over depth in every seed: the worst p, and a sign. */
const risesWithDepth =
  (pattern: string, what: string) =>
  ({ rows, cell }: ResultReader) => {
    const each = rows('pattern-tests')
      .filter((row) => row.startsWith(`${pattern}-`) && !row.endsWith('-all'))
      .map((row) => {
        const p = cell('pattern-tests', row, 'p');
        return significant(cell('pattern-tests', row, 'value') > 0 ? p : 1, {
          predicate: '',
          of: row,
          level,
          draws: null,
        });
      });
    const predicate = `${what} rises with depth by the exact test of Spearman’s correlation, in every seed`;
    return besideSeeds(all(predicate, each), each);
  };

/** A column that grows from each layer to the next, by more than the scatter of its init. */
const growsAtEachStep = (name: string, what: string) =>
  inEverySeed(({ column }) => {
    const { numbers } = column('value-crescendo', name);
    const init = column('value-crescendo', `${name}-init`);
    return all(
      `${what} grows from each layer to the next`,
      numbers.slice(1).map((x, layer) =>
        above(x, numbers[layer]!, {
          predicate: '',
          of: `layer ${layer + 1}`,
          per: init.max - init.min,
          unit: 'ranges at init',
          noise: 1,
        }),
      ),
    );
  });

/** The effective rank of a product, layer by layer, within what the original prints. */
const asLowAsReported = (table: string, what: string) =>
  inEverySeed(({ column, cell }) => {
    const bound = (end: 'low' | 'high') => cell('reported-audit', 'effective-rank-range', `implied-${end}`);
    const sd = column(table, 'effective-rank-null-sd').numbers;
    return all(
      `the effective rank of ${what} lies within the range that the original reports, in every layer`,
      column(table, 'effective-rank').numbers.map((x, layer) =>
        within(x, bound('low'), bound('high'), nullScale(sd[layer]!, `layer ${layer}`)),
      ),
    );
  });

/** On tokens: an overlap of a form with its transpose that is below zero. */
const rhoIsNegative = (name: string) =>
  inEverySeed(({ column }) =>
    atLeast(
      nearlyAll,
      'in seven of eight layers the antisymmetric part holds more than half of the energy on tokens',
      column('form-symmetry', name).numbers.map((x, layer) =>
        below(x, 0, { predicate: '', of: `layer ${layer}`, per: 1, unit: 'of the energy' }),
      ),
    ),
  );

const isKernel = (row: string): boolean => row.startsWith('q-k-t-');

const drifts = (larger: string, smaller: string) =>
  inEverySeed(({ column }) => {
    const [more, less] = [larger, smaller].map((name) => column('non-uniqueness', `drift-${name}`).numbers);
    return all(
      `in every layer ${larger.toUpperCase()} drifts farther from its init than ${smaller.toUpperCase()}`,
      more!.map((x, layer) =>
        above(x, less![layer]!, { predicate: '', per: less![layer]!, unit: 'drifts', seedNoise: 0.02 }),
      ),
    );
  });

export const invariantClaims: Claims = {
  'qk-nearer-than-v': {
    original: 'holds',
    reported: ['qk-kl', 'qv-kl'],
    assess: inEverySeed((results) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers the spectrum of Q is nearer to that of K than to that of V',
        layersAbove(results, 'spectral-twinning', 'kl-q-v', 'kl-q-k', 'kl-q-v'),
      ),
    ),
    readings: {
      'head by head': inNearlyAllHeads(
        'twinning-heads',
        'heads-nearer',
        'in seven of eight heads the spectrum of Q is nearer to that of K than to that of V',
      ),
    },
  },
  'qk-spectra-differ': {
    original: 'fails',
    assess: inEverySeed((results) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers KL(Q||K) is larger than between two Gaussian matrices',
        aboveNull(results, 'spectral-twinning', 'kl-q-k'),
      ),
    ),
  },
  'v-spectrum-is-random': {
    original: 'holds',
    reported: ['v-mp'],
    assess: inEverySeed((results) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers V is no farther from the random law than a Gaussian matrix is',
        notAboveNull(results, 'spectral-twinning', 'kl-v-mp'),
      ),
    ),
  },
  'v-farther-from-random-than-q': {
    original: 'fails',
    reported: ['qk-mp'],
    assess: inEverySeed((results) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers V is farther from the random law than Q is',
        layersAbove(results, 'spectral-twinning', 'kl-v-mp', 'kl-q-mp', 'kl-q-mp'),
      ),
    ),
  },
  'v-grows-with-depth': {
    original: 'holds',
    reported: ['v-growth'],
    assess: risesWithDepth('v-grows', 'the norm of V'),
    readings: { 'V over Q': risesWithDepth('v-over-q-grows', 'V over Q') },
  },
  'v-grows-monotonely': {
    original: 'holds',
    reported: ['v-monotone'],
    assess: growsAtEachStep('v-norm', 'the norm of V'),
    readings: { 'V over Q': growsAtEachStep('v-over-q', 'V over Q') },
  },
  'kernel-is-low-rank': {
    original: 'holds',
    reported: ['qk-rank'],
    assess: inEverySeed((results) =>
      all(
        'in every layer the effective rank of QK^T is below that of the same spectra rotated',
        belowNull(results, 'low-rank-nulls', 'effective-rank', isKernel),
      ),
    ),
    readings: {
      'Q^T K in its place': inEverySeed((results) =>
        all(
          'the same of Q^T K',
          belowNull(results, 'low-rank-nulls', 'effective-rank', (row) => !isKernel(row)),
        ),
      ),
      'against Gaussian matrices': inEverySeed((results) =>
        all('the same against Gaussian matrices', belowNull(results, 'low-rank-kernel', 'effective-rank')),
      ),
    },
  },
  'kernel-as-low-as-reported': {
    reported: ['qk-rank'],
    assess: asLowAsReported('low-rank-kernel', 'QK^T'),
    readings: { 'Q^T K in its place': asLowAsReported('low-rank-form', 'Q^T K') },
  },
  'form-is-more-symmetric-than-chance': {
    assess: inEverySeed((results) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers rho, free of frequency, is larger than that of the same spectra rotated',
        aboveNull(results, 'form-symmetry', 'rho'),
      ),
    ),
    readings: {
      'on the weights': inEverySeed((results) =>
        atLeast(nearlyAll, 'the same of rho on the weights', aboveNull(results, 'asymmetry-nulls', 'rho')),
      ),
    },
  },
  // Added when the first figures were known, after the rule of the whole form.
  'heads-are-more-symmetric-than-chance': {
    assess: inNearlyAllHeads(
      'form-symmetry',
      'heads-more-symmetric',
      'in seven of eight heads rho, free of frequency, is larger than that of the same spectra rotated',
    ),
  },
  'antisymmetric-part-dominates': {
    original: 'holds',
    reported: ['w-asymmetry'],
    assess: inEverySeed(({ column }) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers the antisymmetric part holds more than half of the energy',
        column('asymmetry', 'antisymmetric-energy').numbers.map((x, layer) =>
          above(
            x,
            0.5,
            nullScale(column('asymmetry', 'antisymmetric-energy-null-sd').numbers[layer]!, `layer ${layer}`),
          ),
        ),
      ),
    ),
    // The antisymmetric share is (1 - rho) / 2.
    readings: {
      'on tokens, free of frequency': rhoIsNegative('rho'),
      'on tokens, with frequency left in': rhoIsNegative('rho-whole'),
    },
  },
  'real-share-is-as-chance': {
    reported: ['w-real'],
    assess: inEverySeed((results) =>
      atLeast(
        nearlyAll,
        'in seven of eight layers the real share of the eigenvalues is no larger than that of the same spectra rotated',
        notAboveNull(results, 'asymmetry-nulls', 'real-fraction'),
      ),
    ),
  },
  'solutions-are-uncorrelated': {
    original: 'holds',
    reported: ['same-loss'],
    assess: onAverage(({ column }) =>
      all(
        'the mean correlation of CT+SFT with V1, entry by entry, lies within a hundredth of zero, of Q and of V',
        ['corr-q', 'corr-v'].map((name) =>
          within(column('non-uniqueness', name).mean, -0.01, 0.01, {
            predicate: '',
            of: name,
            per: 0.01,
            unit: 'hundredths',
            seedNoise: 0.1,
          }),
        ),
      ),
    ),
    power: ({ value }) => ({
      power: value('uncorrelated-power'),
      of: 'a correlation of zero in truth, of Q and of V, spread over runs as theirs are: that two one-sided tests put the means of both within a hundredth',
    }),
  },
  'solutions-are-related-aligned': {
    assess: ({ cell, rows }) => {
      const alike = (cosine: number) =>
        above(cosine, 0.01, {
          predicate: 'after alignment, heads of CT+SFT and V1 are alike by more than a hundredth',
          per: 0.01,
          unit: 'hundredths of cosine',
        });
      const pairs = rows('aligned-solutions').filter((row) => /^ct-sft-v1-\d+$/.test(row));
      return besideSeeds(
        alike(cell('aligned-solutions', 'ct-sft-v1-all', 'low')),
        pairs.map((row) => alike(cell('aligned-solutions', row, 'excess'))),
      );
    },
    noPower: 'no pair was planted; two runs of V1 and a run of its own start are found by it',
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
    assess: drifts('v', 'q'),
  },
  'q-drifts-most': { original: 'fails', assess: drifts('q', 'v') },
};
