/** The held-out loss over steps, above the source's entropy. */
import { lines } from 'reproducible-paper/figures';

export default lines({
  data: 'loss-curve.mean',
  x: { field: 'step', title: 'step', axis: { tickCount: 5 } },
  y: { title: 'held-out loss (nats per token)', scale: { zero: false, padding: 12 } },
  series: { loss: { label: 'trained', style: 1 } },
  against: ['entropy'],
  interval: true,
});
