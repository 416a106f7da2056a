/** Divergence of the spectrum of Q from those of K and of V, a point a layer: as computed and as reported. */
import { byLayer } from './by-layer.ts';

export default byLayer({
  table: 'spectral-twinning',
  y: {
    title: 'divergence, nats',
    scale: { type: 'log' },
    axis: { values: [0.0001, 0.001, 0.01, 0.1], format: '~g' },
  },
  series: {
    'kl-q-v': { label: 'Q and V', style: 3, isReported: true },
    'kl-q-k': { label: 'Q and K', style: 1, isReported: true },
  },
  chance: ['kl-q-k-null-low', 'kl-q-k-null-high'],
  height: 110,
});
