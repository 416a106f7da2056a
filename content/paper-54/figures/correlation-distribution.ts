/** Every layer's correlation with every view in every seed, in units of its null's standard deviation. */
import { nullBand, seriesColour, seriesShape } from 'reproducible-paper/figures';
import { matrices } from './matrices.ts';

const views = { 'K₂': 'k2', 'K₂ᵀ': 'k2-t', 'K₃': 'k3', EᵀE: 'ete', I: 'identity' };
const labels = Object.values(matrices).map(({ label }) => label);
const styles = Object.values(matrices).map(({ style }) => style);

export default {
  data: { name: 'correlations-by-layer' },
  height: 170,
  transform: [
    ...Object.entries(views).map(([view, column]) => ({
      calculate: `datum['${column}'] / datum['${column}-null-sd']`,
      as: view,
    })),
    { fold: Object.keys(views), as: ['view', 'z'] },
  ],
  layer: [
    {
      mark: { type: 'rect', ...nullBand },
      encoding: {
        x: { datum: -1.96, type: 'quantitative' },
        x2: { datum: 1.96, type: 'quantitative' },
      },
    },
    {
      mark: { type: 'point', filled: true, size: 40, opacity: 0.75 },
      encoding: {
        x: { field: 'z', type: 'quantitative', title: 'correlation in null standard deviations' },
        y: { field: 'view', type: 'nominal', title: null, sort: Object.keys(views) },
        yOffset: { field: 'matrix', type: 'nominal', sort: labels },
        color: {
          field: 'matrix',
          type: 'nominal',
          title: null,
          scale: { domain: labels, range: styles.map(seriesColour) },
        },
        shape: {
          field: 'matrix',
          type: 'nominal',
          title: null,
          scale: { domain: labels, range: styles.map(seriesShape) },
        },
      },
    },
  ],
};
