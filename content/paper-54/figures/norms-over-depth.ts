/** Frobenius norms over depth, and where they were at init. */
import { lines } from 'reproducible-paper/figures';
import { seriesOf } from './matrices.ts';

export default lines({
  data: 'value-crescendo.mean',
  x: { field: 'layer', title: 'layer', type: 'ordinal' },
  y: { title: 'Frobenius norm', scale: { zero: true } },
  series: seriesOf((matrix) => `${matrix}-norm`),
  interval: true,
  against: ['q-norm-init', 'k-norm-init', 'v-norm-init'],
});
