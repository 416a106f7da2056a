/** How the paper's results are shown. */
import { count, fixed, scientific, signed, type Tables, type Values } from 'reproducible-paper/results';

type Columns = Tables[string]['columns'];

const law = { law: 'law' };

const replicates = { one: 'draw', many: 'draws' };

const realShare = { label: 'real share of eigenvalues', format: fixed(3) };

const asymmetry = { label: '$\\lVert W-W^\\top\\rVert/\\lVert W\\rVert$', format: fixed(3) };

const leadingEnergy = { label: 'energy of the leading eighth', format: fixed(4) };

/** What two spectra, and two matrices, have in common by chance. */
const pairColumns = {
  'kl-of-two': { label: 'KL of two draws', format: scientific(2) },
  'abs-r': { label: '$|r|$ of two draws', format: fixed(4) },
} satisfies Columns;

/** How many directions a square matrix uses. */
const rankColumns = {
  'effective-rank': { label: '$r_{\\mathrm{eff}}/n$', unit: '1', format: fixed(4) },
  'entropy-rank': { label: '$e^H/n$', unit: '1', format: fixed(4) },
  'leading-energy': leadingEnergy,
} satisfies Columns;

/** All that is measured of a square matrix and of two draws of it. */
const squareColumns = {
  ...rankColumns,
  ratio: asymmetry,
  'real-share': realShare,
  'kl-to-law': { label: 'KL to the quarter circle', format: scientific(2) },
  ...pairColumns,
} satisfies Columns;

export const tables: Tables = {
  'square-matrices': {
    title: 'Square matrices and their laws',
    beside: law,
    replicates,
    columns: {
      n: { label: '$n$' },
      ...squareColumns,
    },
  },
  products: {
    title: 'Products of two matrices and their laws',
    beside: law,
    replicates,
    columns: {
      n: { label: '$n$' },
      ...rankColumns,
      ratio: asymmetry,
      rho: { label: '$\\rho$', format: signed(4) },
      'real-share': realShare,
    },
  },
  rectangles: {
    title: 'Rectangular matrices and their laws',
    beside: law,
    replicates,
    columns: {
      rows: { label: 'rows $m$' },
      aspect: { label: '$m/n$', format: fixed(4) },
      'effective-rank': { label: '$r_{\\mathrm{eff}}/m$', unit: '1', format: fixed(4) },
      'entropy-rank': { label: '$e^H/m$', unit: '1', format: fixed(4) },
      'leading-energy': leadingEnergy,
      'kl-to-law': { label: 'KL to the law', format: scientific(2) },
      ...pairColumns,
    },
  },
  'entry-laws': {
    title: 'Matrices with entries of four laws',
    beside: law,
    replicates,
    columns: {
      entries: {
        label: 'entries',
        words: {
          gaussian: 'Gaussian',
          uniform: 'uniform',
          sign: 'signs',
          'student-5': 'Student’s t, five degrees',
        },
      },
      ...squareColumns,
    },
  },
  'finite-size': {
    title: 'How fast divergences fall with the width',
    replicates,
    columns: {
      divergence: { words: { 'kl-to-law': 'to the quarter circle', 'kl-of-two': 'of two draws' } },
      exponent: { label: 'exponent of $n$', format: signed(2) },
      scale: { label: 'scale', format: fixed(2) },
      'at-size': { label: 'at that width', format: scientific(2) },
    },
  },
};

export const values: Values = { 'finite-size-at': { format: count } };
