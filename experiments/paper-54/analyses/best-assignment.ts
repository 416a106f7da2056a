import type { Matrix } from 'reproducible-paper/numerics/matrix';
import { PaperError } from 'reproducible-paper/stage';

const most = 16;

/**
 * Matches rows with columns, one to one, so that the sum of their entries is largest: the assignment problem (Kuhn 1955),
 * exactly, by dynamic programming over sets of columns, in O(n 2^n).
 *
 * @param gains [n, n], n at most 16
 * @returns the column of each row [n]
 * @throws TooManyToMatch
 */
export const bestAssignment = ({ rows: n, data }: Matrix): readonly number[] => {
  if (n > most) {
    throw new PaperError('TooManyToMatch', 'so many rows and columns cannot be matched exactly here.', {
      details: [`expected at most ${most}; received ${n}`],
      hint: 'match fewer heads, or put an algorithm in its place that takes a cube of steps.',
    });
  }
  // Of a set of columns, the best sum of as many first rows, and the column that its last row takes.
  const best = new Float64Array(2 ** n).fill(Number.NEGATIVE_INFINITY);
  const last = new Int8Array(2 ** n);
  best[0] = 0;
  for (let set = 1; set < 2 ** n; set += 1) {
    let row = -1;
    for (let rest = set; rest > 0; rest &= rest - 1) row += 1;
    for (let column = 0; column < n; column += 1) {
      if (!(set & (1 << column))) continue;
      const sum = best[set ^ (1 << column)]! + data[row * n + column]!;
      if (sum <= best[set]!) continue;
      best[set] = sum;
      last[set] = column;
    }
  }
  const columns = new Array<number>(n);
  let set = 2 ** n - 1;
  for (let row = n - 1; row >= 0; row -= 1) {
    columns[row] = last[set]!;
    set ^= 1 << last[set]!;
  }
  return columns;
};
