/** How fast two spectra agree, and one agrees with its law, as matrices grow. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'square-matrices.mean',
  x: { field: 'n', title: 'width', scale: { type: 'log', base: 2, nice: false }, axis: { format: 'd' } },
  y: {
    title: 'divergence (nats)',
    scale: { type: 'log', nice: false },
    axis: { format: '.0e', tickCount: 5 },
  },
  series: {
    'kl-of-two': { label: 'of two draws', style: 1 },
    'kl-to-law': { label: 'to the law', style: 2 },
  },
  interval: true,
});
