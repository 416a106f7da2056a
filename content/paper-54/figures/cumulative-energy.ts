/** Share of the energy of Q K^T in its leading singular values, a line a layer, named at its start; the band is Gaussian. */
import { nullColour, type SeriesStyle, seriesColour } from '../../../src/figures/index.ts';

const layers = [0, 1, 2, 3, 4, 5, 6, 7];
const x = {
  field: 'k',
  type: 'quantitative',
  title: 'leading singular values',
  scale: { type: 'log', base: 2, nice: false },
  axis: { tickCount: 9, format: 'd' },
};
const title = { title: 'share of energy', axis: { format: '%' } };

export default {
  data: { name: 'cumulative-energy' },
  height: 260,
  layer: [
    {
      transform: [{ filter: 'datum.layer === 0' }],
      mark: { type: 'area', color: nullColour, opacity: 0.6 },
      encoding: {
        x,
        y: { field: 'null-low', type: 'quantitative', ...title },
        y2: { field: 'null-high' },
      },
    },
    {
      mark: { type: 'line' },
      encoding: {
        x,
        y: { field: 'energy', type: 'quantitative', ...title },
        color: {
          field: 'layer',
          type: 'ordinal',
          legend: null,
          scale: { domain: layers, range: layers.map((layer) => seriesColour((layer + 1) as SeriesStyle)) },
        },
      },
    },
  ],
  usermeta: {
    directLabels: {
      field: 'layer',
      at: 'end',
      names: Object.fromEntries(layers.map((n) => [n, `layer ${n}`])),
    },
  },
};
