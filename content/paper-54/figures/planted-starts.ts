/** How often T6 finds a planted start, over its strength, before training, early in it and after. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'planted-start-curves',
  x: {
    field: 'alpha',
    title: 'planted strength α at the start',
    scale: { type: 'log', nice: false },
    axis: { values: [0.05, 0.1, 0.2, 0.4, 1], format: '~g' },
  },
  y: { title: 'found above none', scale: { domain: [0, 1] }, axis: { format: '.0%' } },
  series: {
    start: { label: 'before', style: 1 },
    fifth: { label: 'a fifth', style: 2 },
    end: { label: 'after', style: 3 },
  },
  interval: true,
  height: 150,
});
