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
        label: 'measured in',
        words: { 'of-largest': 'the column’s largest', errors: 'standard errors of both sides' },
      },
      largest: {
        label: 'largest departure met',
        format: fixed(1),
        definition:
          'Of a null’s mean, in standard errors; rounding differs from machine to machine, and is not printed',
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
      'chance-highest': { label: 'to', format: significant(3) },
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
      'implied-high': { label: 'to', format: fixed(4) },
      'stated-low': { label: 'stated, from', format: fixed(4) },
      'stated-high': { label: 'to', format: fixed(4) },
      verdict: {},
    },
  },
  'independent-check': agreement('Agreement of the regularities with numpy', {}),
  'independent-view-check': agreement('Agreement of T1 to T5 and of bands with numpy', {
    'gauge-null': 'means of T1’s null, outputs turned',
    'input-null': 'means of the nulls of T2 to T5, inputs turned',
  }),
  'independent-form-check': agreement('Agreement of T6 with numpy', {
    'form-test.csv': 'the file of every head, distance, view and part',
    'form-signs': 'means of the null of signs',
    'form-labels': 'means of the null of labels',
    'form-haar': 'means of the Haar null',
    'form-haar-rms': 'means of the Haar null of root mean squares',
    'symmetry-null': 'means of the null of symmetry',
  }),
  'independent-null-check': agreement(
    'Agreement of aligned solutions and of the regularities’ nulls with numpy',
    {
      'alignment-null': 'means of the null of alignments',
      'gaussian-null': 'means of what Gaussian matrices give',
      'turned-null': 'means of what turned spectra give',
    },
  ),
} satisfies Tables;
