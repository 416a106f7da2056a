/** How far forms are from symmetric. */
import { fixed, share, signed, type Tables } from 'reproducible-paper/results';

type Columns = Tables[string]['columns'];

/** How far a form is from its transpose. */
const asymmetryColumns = {
  ratio: {
    label: '$\\lVert W-W^\\top\\rVert/\\lVert W\\rVert$',
    format: fixed(2),
    definition: 'with $W=Q^\\top K$',
    whose: 'theirs',
  },
  rho: {
    label: '$\\rho$',
    format: signed(3),
    definition: '$\\langle W,W^\\top\\rangle/\\lVert W\\rVert^2$',
    whose: 'ours',
  },
  'real-fraction': {
    label: 'real eigenvalue share',
    format: fixed(2),
    definition: '$\\sum|\\mathrm{Re}\\,\\lambda|/\\sum|\\lambda|$',
    whose: 'inferred',
  },
  'antisymmetric-energy': {
    label: 'antisymmetric energy',
    format: share(1),
    definition: '$(1-\\rho)/2$',
    whose: 'ours',
  },
} satisfies Columns;

export const symmetryTables = {
  asymmetry: {
    title: 'Asymmetry by layer',
    whose: 'inferred',
    null: 'Gaussian matrices of the same shape',
    summary: { all: ['min', 'max'] },
    columns: {
      layer: {},
      ...asymmetryColumns,
    },
  },
  'asymmetry-by-head': {
    title: 'Asymmetry by head',
    whose: 'ours',
    null: 'heads of Gaussian matrices',
    columns: {
      layer: {},
      head: {},
      ...asymmetryColumns,
      'effective-rank': { label: 'effective rank', format: fixed(1) },
    },
  },
  'asymmetry-nulls': {
    title: 'Asymmetry against its nulls',
    whose: 'ours',
    null: "the run's own spectra rotated by Haar matrices; of the real share, fewer",
    columns: {
      layer: {},
      rho: { label: '$\\rho$', format: signed(3) },
      'antisymmetric-energy': { label: 'antisymmetric energy', format: share(1) },
      'gaussian-rho-low': { label: 'Gaussian, from', format: signed(3) },
      'gaussian-rho-high': { label: 'Gaussian, to', format: signed(3) },
      'init-rho': { label: 'at init', format: signed(3) },
      'real-fraction': { label: 'real eigenvalue share', format: fixed(2) },
      'gaussian-real': { label: 'real share, Gaussian', format: fixed(2) },
      'heads-rho': { label: '$\\rho$, mean over heads', format: signed(3) },
      'heads-more-symmetric': { label: 'heads above their interval', format: fixed(1) },
      'heads-less-symmetric': { label: 'heads below their interval', format: fixed(1) },
    },
  },
} satisfies Tables;
