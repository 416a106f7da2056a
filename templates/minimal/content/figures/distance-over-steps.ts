/** How the distance grows with the number of steps, above that of walks without persistence. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'distances.mean',
  x: { field: 'steps', title: 'steps', scale: { type: 'log', base: 2, nice: false }, axis: { format: 'd' } },
  y: { title: 'mean distance (steps)' },
  series: { distance: { label: 'persistent', style: 1 } },
  chance: [['distance-null-low', 'distance-null-high']],
  interval: true,
});
