/** How the longest run grows with the throws, above that of a fair coin. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'longest-runs.mean',
  x: {
    field: 'throws',
    title: 'throws',
    scale: { type: 'log', base: 2, nice: false },
    axis: { format: 'd' },
  },
  y: { title: 'mean longest run (throws)' },
  series: { run: { label: 'loaded', style: 1 } },
  against: ['run-law'],
  chance: [['run-null-low', 'run-null-high']],
  interval: true,
});
