/** Energy of Q, K and V in bands of the K_2 eigenbasis, over the share that a band's width gives. */
import { points } from 'reproducible-paper/figures';
import { matrices, seriesOf } from './matrices.ts';

const parts = ['', '-low', '-high', '-null-low', '-null-high'];

export default points({
  data: 'band-energy.mean',
  transform: Object.keys(matrices).flatMap((matrix) =>
    parts.map((part) => ({
      calculate: `datum['${matrix}${part}'] / datum.uniform`,
      as: `${matrix}-ratio${part}`,
    })),
  ),
  x: { field: 'band', title: 'band of the eigenbasis', type: 'nominal' },
  y: { title: 'energy over uniform share' },
  series: seriesOf((matrix) => `${matrix}-ratio`),
  interval: true,
  chance: ['-null-low', '-null-high'],
  reference: 1,
});
