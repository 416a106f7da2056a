/** How often each test finds a view that is planted, over its strength. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'power-curves',
  x: {
    field: 'alpha',
    title: 'planted strength α',
    scale: { type: 'log' },
    axis: { values: [0.0125, 0.025, 0.05, 0.1, 0.2, 0.4, 1], format: '~g' },
  },
  y: { title: 'power', scale: { domain: [0, 1] }, axis: { format: '.0%' } },
  series: {
    't1-q': { label: 'T1', style: 1 },
    cka: { label: 'T3', style: 2 },
    't6-whole': { label: 'T6, whole', style: 3 },
    't6-free': { label: 'T6, free', style: 4 },
  },
  interval: true,
  height: 115,
});
