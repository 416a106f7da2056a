/** The spectrum of the neighbour counts themselves: their leading eigenvalues and singular values. */
import { lines } from 'reproducible-paper/figures';

const scale = { type: 'log', nice: false };

const { usermeta, ...figure } = lines({
  data: 'neighbour-spectrum',
  x: { field: 'k', title: 'rank of the value', scale, axis: { values: [1, 2, 5, 10, 20, 50, 100, 200] } },
  y: { title: 'value', scale, axis: { values: [10, 20, 50, 100, 200] } },
  series: {
    sigma: { label: 'singular values', style: 2 },
    lambda: { label: 'eigenvalues', style: 1 },
  },
  height: 150,
});

/** A dot a value would be a thick line. */
const bare = (layer: { readonly mark?: object }) => ({ ...layer, mark: { ...layer.mark, point: false } });

export default { ...figure, layer: (figure['layer'] as readonly object[]).map(bare), usermeta };
