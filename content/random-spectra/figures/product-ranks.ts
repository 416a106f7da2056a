/** Ranks of products over their width, and the limits that they tend to. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'products.mean',
  x: { field: 'n', title: 'width', scale: { type: 'log', base: 2, nice: false }, axis: { format: 'd' } },
  y: { title: 'rank as a share of the width', scale: { zero: false, padding: 12 } },
  series: {
    'effective-rank': { label: 'effective rank', style: 1 },
    'entropy-rank': { label: 'entropy rank', style: 2 },
  },
  against: ['effective-rank-law', 'entropy-rank-law'],
  interval: true,
});
