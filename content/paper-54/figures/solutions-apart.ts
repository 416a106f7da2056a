/** Q of two runs, entry by entry, a point a layer; beside it the positive control, Q and the matrix it started from. */
import { byLayer } from './by-layer.ts';

export default byLayer({
  table: 'non-uniqueness',
  y: {
    title: 'r',
    // Chance and the control are two powers of ten apart.
    scale: { type: 'symlog', constant: 0.01, padding: 6 },
    axis: { values: [-0.01, 0.01, 0.1, 0.4], format: '~g' },
  },
  series: {
    'init-corr-q': { label: 'V1 and its init', style: 3, isReported: false },
    'corr-q': { label: 'CT+SFT and V1', style: 1, isReported: true },
  },
  chance: ['corr-q-null-low', 'corr-q-null-high'],
  height: 110,
});
