/** How far CT+SFT moved from its init, relative to it, over depth. */
import { lines } from 'reproducible-paper/figures';
import { seriesOf } from './matrices.ts';

export default lines({
  data: 'non-uniqueness.mean',
  x: { field: 'layer', title: 'layer', type: 'ordinal' },
  y: { title: 'relative drift', scale: { zero: true } },
  series: seriesOf((matrix) => `drift-${matrix}`),
  interval: true,
  height: 220,
});
