/** The original's remarks and figures, and the independent checks. */
import { count, fixed, scientific, significant, type Tables } from 'reproducible-paper/results';

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
  'independent-check': {
    title: 'Agreement of the regularities with numpy',
    whose: 'ours',
    columns: {
      table: {},
      cells: { label: 'cells compared', format: count },
      tolerance: { format: scientific(0) },
    },
  },
  'independent-view-check': {
    title: 'Agreement of the views with numpy',
    whose: 'ours',
    columns: {
      table: {},
      cells: { label: 'cells compared', format: count },
      tolerance: { format: scientific(0) },
    },
  },
} satisfies Tables;
