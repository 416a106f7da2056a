/** How the guide's results are shown: a change here reruns nothing. */
import { count, fixed, type Tables, type Values } from 'reproducible-paper/results';

// #region tables
export const tables: Tables = {
  'longest-runs': {
    title: 'The longest run of heads',
    null: 'a fair coin',
    beside: { law: 'law' },
    columns: {
      throws: { label: 'throws $n$', format: count },
      run: { label: 'mean longest run', format: fixed(2) },
    },
  },
};

export const values: Values = { heads: { format: fixed(1) }, growth: { format: fixed(2) } };
// #endregion
