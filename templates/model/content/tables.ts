/** How results are shown; an edit here reruns no stage. */
import { fixed, type Tables } from 'reproducible-paper/results';

export const tables: Tables = {
  losses: {
    columns: {
      of: {
        label: 'model',
        words: { source: 'the source itself', trained: 'trained', untrained: 'all tokens alike' },
      },
      loss: { label: 'loss', unit: 'nats per token', format: fixed(3) },
    },
  },
};
