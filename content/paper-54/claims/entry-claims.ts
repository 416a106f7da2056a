/** What entries, Gram matrices and bands of Q, K and V say of the corpus's counts: T1, the original's test, and T2 to T5. */
import {
  above,
  all,
  any,
  below,
  type Claims,
  inEverySeed,
  onAverage,
  type ResultReader,
  significant,
} from 'reproducible-paper/claims';
import { aboveNull, insideNull, nullScale } from './against-null.ts';

/** Fixed in the configuration before the tests ran. */
const level = 0.05;

/** The original's own test, at full strength and by its own law. */
const powerOfEntries = ({ cell }: ResultReader) => ({
  power: cell('power', 't1-q-alpha-1', 'power'),
  of: 'all of the neighbours planted in every layer, against the law of independent matrices',
});

/** The tests of a table of correlations that are about the corpus: two of the ten compare two runs. */
const isOfCorpus = (test: string): boolean => !test.startsWith('sft-');

export const entryClaims: Claims = {
  'grams-exceed-their-null': {
    assess: ({ cell, value }) =>
      all(
        'the Gram matrices of Q, K and V are nearer to those of their views than with their inputs turned',
        ['q-k2', 'k-k2-t', 'v-k3'].map((pair) =>
          significant(cell('statistics-beyond-r', `cka-${pair}`, 'p-adjusted'), {
            predicate: '',
            of: pair,
            level,
            draws: value('form-draws'),
          }),
        ),
      ),
  },
  'entries-exceed-their-law': {
    original: 'fails',
    reported: ['q-attention-view', 'k-reverse-view', 'v-trigram-view'],
    assess: ({ cell, rows }) => {
      const tests = rows('pooled-correlations').filter((row) => row.endsWith('-all') && isOfCorpus(row));
      return any(
        'some view correlates with Q, K or V beyond independent matrices, corrected for all tests',
        tests.map((test) =>
          significant(Math.min(1, tests.length * cell('pooled-correlations', test, 'mean-abs-r-p')), {
            predicate: '',
            of: test,
            level,
            draws: null,
            correctedOver: 'all tests of the table',
          }),
        ),
      );
    },
    power: powerOfEntries,
  },
  'entries-exceed-their-gauge': {
    original: 'fails',
    assess: ({ column, value }) =>
      significant(Math.min(...column('gauge-test', 'p-adjusted').numbers), {
        predicate: 'some view correlates with Q, K or V beyond the same with its outputs turned',
        level,
        draws: value('form-draws'),
        correctedOver: 'all tests of the table',
      }),
    noPower: 'against turned outputs nothing was planted: what is not found is not detected, no more',
  },
  'entries-miss-a-planted-view': {
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
    assess: inEverySeed(({ column, rows }) => {
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
    }),
    power: powerOfEntries,
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
  'leading-band-leads': {
    original: 'fails',
    assess: inEverySeed((results) =>
      all(
        'the leading band holds more of Q, K and V than of Gaussian matrices',
        ['q', 'k', 'v'].flatMap((name) => aboveNull(results, 'band-energy', name, (band) => band === '0-32')),
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
};
