/** How the paper's results are shown: a change here reruns nothing. */
import { count, fixed, type Tables, type Values } from 'reproducible-paper/results';

export const tables: Tables = {
  distances: {
    null: 'walks without persistence',
    columns: {
      steps: { label: 'steps', format: count },
      distance: { label: 'mean distance', format: fixed(1) },
    },
  },
};

export const values: Values = { persistence: { format: fixed(1) } };
