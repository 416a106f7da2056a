/** The original's remarks and figures, and the independent checks. */
import { count, fixed, significant, type Tables } from 'reproducible-paper/results';

/** @param counted words for what is compared and is no table of its own */
const agreement = (title: string, counted: Readonly<Record<string, string>>) =>
  ({
    title,
    whose: 'ours',
    columns: {
      table: { label: 'table or null', words: { ...counted, all: 'all of them' } },
      cells: {
        label: 'figures compared',
        format: count,
        definition:
          'Figures that numpy computes again from counts and published weights of every seed; of a null the mean of its draws, held against its expectation where one is known and against draws of numpy’s own where none is',
      },
      tolerance: { format: significant(1) },
      measure: {
        label: 'measure',
        words: { 'of-largest': 'share', errors: 'errors' },
        definition:
          'A difference is a share of its column’s largest figure; that of a null’s mean counts standard errors of both sides',
      },
      largest: {
        label: 'largest met',
        format: fixed(1),
        definition:
          'Of a null’s mean; what rounding leaves of figures differs from machine to machine, and is not printed',
      },
    },
  }) satisfies Tables[string];

export const checkTables = {
  remarks: {
    title: 'Remarks of the original in passing',
    whose: 'inferred',
    columns: {
      remark: {},
      says: { label: 'the original says' },
      statistic: {},
      mean: { format: significant(3) },
      lowest: { format: significant(3) },
      highest: { format: significant(3) },
      'chance-lowest': { label: 'chance or init, from', format: significant(3) },
      'chance-highest': { label: 'chance or init, to', format: significant(3) },
      'seeds-in-which-it-holds': { label: 'seeds in which it holds', format: count },
      verdict: {},
    },
  },
  'reported-audit': {
    title: 'The original’s figures against one another',
    whose: 'theirs',
    columns: {
      check: {},
      kind: {},
      relation: { label: 'what is compared' },
      'implied-low': { label: 'implied, from', format: fixed(4) },
      'implied-high': { label: 'implied, to', format: fixed(4) },
      'stated-low': { label: 'stated, from', format: fixed(4) },
      'stated-high': { label: 'stated, to', format: fixed(4) },
      verdict: {},
    },
  },
  'independent-check': agreement('Agreement of the regularities with numpy', {}),
  'independent-view-check': agreement('Agreement of T1 to T5 and of bands with numpy', {
    'gauge-null': 'null of T1',
    'input-null': 'nulls of T2 to T5',
  }),
  'independent-form-check': agreement('Agreement of T6 with numpy', {
    'form-test.csv': 'every head',
    'form-signs': 'null of signs',
    'form-labels': 'null of labels',
    'form-haar': 'Haar null',
    'form-haar-rms': 'Haar null, RMS over heads',
    'symmetry-null': 'null of symmetry',
  }),
  'independent-null-check': agreement(
    'Agreement of aligned solutions and of the regularities’ nulls with numpy',
    {
      'alignment-null': 'null of alignments',
      'gaussian-null': 'Gaussian matrices',
      'turned-null': 'rotated spectra',
    },
  ),
} satisfies Tables;
