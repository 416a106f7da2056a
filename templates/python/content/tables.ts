/** How the paper's results are shown: a change here reruns nothing. */
import { count, fixed, type Tables, type Values } from 'reproducible-paper/results';

export const tables: Tables = {
  primes: {
    columns: {
      limit: { label: '$x$', format: count },
      primes: { label: 'primes up to $x$', format: count },
      law: { label: '$x/\\ln x$', format: fixed(1) },
    },
  },
};

export const values: Values = { 'largest-difference': { format: count } };
