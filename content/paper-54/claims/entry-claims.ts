/** What entries, Gram matrices and bands of Q, K and V say of the corpus's counts: T1, the original's test, and T2 to T5. */
import {
  above,
  all,
  any,
  below,
  besideSeeds,
  type Claims,
  inEverySeed,
  onAverage,
  type ResultReader,
  significant,
} from 'reproducible-paper/claims';
import { aboveNull, insideNull, nullScale } from './against-null.ts';
import { level } from './level.ts';

/** The original's own test, at full strength and by its own law. */
const powerOfEntries = ({ cell }: ResultReader) => ({
  power: cell('power', 't1-q-alpha-1', 'power'),
  of: 'all of the neighbours planted in every layer, against the law of independent matrices',
});

/** The tests of a table of correlations that are about the corpus: two of the ten compare two runs. */
const isOfCorpus = (test: string): boolean => !test.startsWith('sft-');

/** By one of the statistics of Gram matrices. */
const gramsExceed =
  (statistic: string) =>
  ({ cell, value }: ResultReader) =>
    all(
      'the Gram matrices of Q, K and V are nearer to those of their views than with their inputs rotated',
      ['q-k2', 'k-k2-t', 'v-k3'].map((pair) =>
        significant(cell('statistics-beyond-r', `${statistic}-${pair}`, 'p-adjusted'), {
          predicate: '',
          of: pair,
          level,
          draws: value('form-draws'),
        }),
      ),
    );

const projections = ['q', 'k', 'v'];

/** By one of the tables of bands. */
const bandsAreUniform = (table: string) =>
  inEverySeed((results) =>
    all(
      'each band holds as much of Q, K and V as of Gaussian matrices',
      projections.flatMap((name) => insideNull(results, table, name)),
    ),
  );

const leadingBandLeads = (table: string) =>
  inEverySeed((results) =>
    all(
      'the leading band holds more of Q, K and V than of Gaussian matrices',
      projections.flatMap((name) => aboveNull(results, table, name, (band) => band === '0-32')),
    ),
  );

const otherBands = (judge: typeof bandsAreUniform) => ({
  'on the side to which projections write': judge('band-energy-output'),
  'in the eigenbasis of the embedding': judge('band-energy-ete'),
});

/** Weightings, images and bases that the original leaves open. */
const anotherReading = inEverySeed(({ column, rows }) => {
  const columns = ['q-k2', 'k-k2-t', 'v-k3'];
  const tests = rows('correlation-variants').length * columns.length;
  return any(
    'some weighting, image or basis correlates beyond independent matrices, corrected for all readings',
    columns.map((name) =>
      significant(Math.min(1, tests * column('correlation-variants', `${name}-p`).min), {
        predicate: '',
        of: name,
        level,
        draws: null,
        correctedOver: 'all readings',
      }),
    ),
  );
});

export const entryClaims: Claims = {
  'grams-exceed-their-null': {
    assess: gramsExceed('cka'),
    noSeeds: 'what is tested, and each draw, is the mean over runs',
    readings: {
      'plain cosine of Gram matrices': gramsExceed('grams'),
      'after the best rotation': gramsExceed('procrustes'),
      'overlap of leading subspaces': gramsExceed('overlap'),
    },
  },
  'entries-exceed-their-law': {
    original: 'fails',
    reported: ['q-attention-view', 'k-reverse-view', 'v-trigram-view'],
    assess: ({ cell, rows }) => {
      const every = rows('pooled-correlations');
      const tests = every.filter((row) => row.endsWith('-all') && isOfCorpus(row));
      return any(
        'some view correlates with Q, K or V beyond independent matrices, corrected for all tests',
        tests.map((test) => {
          const passes = (row: string) =>
            significant(Math.min(1, tests.length * cell('pooled-correlations', row, 'mean-abs-r-p')), {
              predicate: '',
              of: row,
              level,
              draws: null,
              correctedOver: 'all tests of the table',
            });
          const ofOne = new RegExp(`^${test.replace(/all$/, '')}\\d+$`);
          return besideSeeds(passes(test), every.filter((row) => ofOne.test(row)).map(passes));
        }),
      );
    },
    readings: { 'with another weighting, image or basis': anotherReading },
    power: powerOfEntries,
  },
  'entries-exceed-their-gauge': {
    original: 'fails',
    assess: ({ cell, column, rows, value }) => {
      const passes = (p: readonly number[]) =>
        significant(Math.min(...p), {
          predicate: 'some view correlates with Q, K or V beyond the same with its outputs rotated',
          level,
          draws: value('form-draws'),
          correctedOver: 'all tests of the table',
        });
      const bySeed = Map.groupBy(rows('gauge-test-by-seed'), (row) => row.split('-')[0]);
      return besideSeeds(
        passes(column('gauge-test', 'p-adjusted').numbers),
        [...bySeed.values()].map((of) =>
          passes(of.map((row) => cell('gauge-test-by-seed', row, 'p-adjusted'))),
        ),
      );
    },
    noPower: 'against rotated outputs nothing was planted: what is not found is not detected, no more',
  },
  'entries-miss-a-planted-view': {
    noSeeds: 'neighbours were planted in one run',
    noPower: 'it is a power itself: the share of planted trials in which entries show what was planted',
    assess: ({ cell }) => {
      const of = (column: string) => cell('power', 't1-q-alpha-1', column);
      return below(of('power'), 0.95, {
        predicate:
          'a correlation of entries misses a view that is planted whole in more than one of twenty trials',
        per: 0.01,
        unit: 'trials in a hundred',
        noise: ((of('high') - of('low')) / 2) * 100,
      });
    },
  },
  'another-reading-shows-more': {
    assess: anotherReading,
    power: powerOfEntries,
  },
  'bands-are-uniform': {
    original: 'holds',
    reported: ['bands-uniform'],
    assess: bandsAreUniform('band-energy'),
    readings: otherBands(bandsAreUniform),
  },
  'leading-band-leads': {
    original: 'fails',
    assess: leadingBandLeads('band-energy'),
    readings: otherBands(leadingBandLeads),
  },
  'ete-leads-too': {
    assess: onAverage(({ cell }) =>
      above(cell('band-energy-ete', '0-32', 'q'), cell('band-energy', '0-32', 'q'), {
        ...nullScale(cell('band-energy', '0-32', 'q-null-sd')),
        predicate: 'the leading band of the E^T E eigenbasis holds at least as much of Q as that of K_2',
      }),
    ),
  },
};
