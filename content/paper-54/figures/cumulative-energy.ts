/** Share of the energy of Q K^T in its leading singular values, a line a layer, named at its start; the band is Gaussian. */
import { nullBand, type SeriesStyle, seriesColour, seriesDash } from 'reproducible-paper/figures';

const layers = [0, 1, 2, 3, 4, 5, 6, 7];
const styles = layers.map((layer) => (layer + 1) as SeriesStyle);
const x = {
  field: 'k',
  type: 'quantitative',
  title: 'leading singular values',
  // Room before the first value, for the names of the lines.
  scale: { type: 'log', base: 2, nice: false, domainMin: 0.28 },
  axis: { values: [1, 2, 4, 8, 16, 32, 64, 128, 256], format: 'd' },
};
const title = { title: 'share of energy', axis: { format: '%' } };

export default {
  data: { name: 'cumulative-energy' },
  height: 180,
  layer: [
    {
      transform: [{ filter: 'datum.layer === 0' }],
      mark: { type: 'area', ...nullBand },
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
          scale: { domain: layers, range: styles.map(seriesColour) },
        },
        strokeDash: {
          field: 'layer',
          type: 'ordinal',
          legend: null,
          scale: { domain: layers, range: styles.map((style) => [...seriesDash(style)]) },
        },
      },
    },
  ],
  usermeta: {
    directLabels: {
      field: 'layer',
      at: 'start',
      names: Object.fromEntries(layers.map((n) => [n, `layer ${n}`])),
    },
  },
};
