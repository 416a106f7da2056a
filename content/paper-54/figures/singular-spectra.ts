/** Normalised singular values of Q, K and V, a panel a layer, over the quarter circle's. */
import { nullBand, seriesColour, seriesDash } from 'reproducible-paper/figures';
import { matrices } from './matrices.ts';

const labels = Object.values(matrices).map(({ label }) => label);
const styles = Object.values(matrices).map(({ style }) => style);
const x = { field: 'index', type: 'quantitative', title: 'index' };
const y = { field: 'share', type: 'quantitative', title: 'share of the sum' };
const matrix = { field: 'matrix', type: 'nominal', title: null, legend: { symbolType: 'stroke' } };

export default {
  data: { name: 'singular-spectra' },
  facet: { field: 'layer', type: 'ordinal', title: 'layer' },
  columns: 2,
  spec: {
    height: 170,
    layer: [
      {
        transform: [{ filter: "datum.matrix === 'MP'" }],
        mark: { type: 'area', ...nullBand },
        encoding: { x, y },
      },
      {
        transform: [{ filter: "datum.matrix !== 'MP'" }],
        mark: { type: 'line' },
        encoding: {
          x,
          y,
          color: { ...matrix, scale: { domain: labels, range: styles.map(seriesColour) } },
          strokeDash: {
            ...matrix,
            scale: { domain: labels, range: styles.map((style) => [...seriesDash(style)]) },
          },
        },
      },
    ],
  },
};
