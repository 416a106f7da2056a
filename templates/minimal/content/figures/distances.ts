/** Mean distance over the number of steps, before the null's band. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'distances.mean',
  x: { field: 'steps', title: 'steps', scale: { type: 'log', nice: false }, axis: { format: 'd' } },
  y: { title: 'mean distance', scale: { type: 'log', nice: false } },
  series: { distance: { label: 'persistent', style: 1 } },
  chance: [['distance-null-low', 'distance-null-high']],
  interval: true,
});
