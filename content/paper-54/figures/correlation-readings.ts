/** Mean |r| of each matrix with its view, by how the view is weighted and which image of it is taken. */
import { nullBand, seriesColour, seriesShape } from 'reproducible-paper/figures';
import { matrices } from './matrices.ts';

const columns = ['q-k2', 'k-k2-t', 'v-k3'];
const labels = Object.values(matrices).map(({ label }) => label);
const styles = Object.values(matrices).map(({ style }) => style);
const matrix = { field: 'matrix', type: 'nominal', title: null };

export default {
  data: { name: 'correlation-variants' },
  height: 170,
  // A rotation of the basis keeps r.
  transform: [{ filter: "datum.basis === 'model'" }],
  layer: [
    {
      transform: [
        {
          aggregate: [
            { op: 'min', field: 'q-k2-null-low', as: 'low' },
            { op: 'max', field: 'q-k2-null-high', as: 'high' },
          ],
        },
      ],
      mark: { type: 'rect', ...nullBand },
      encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
    },
    {
      transform: [
        { calculate: "datum.weighting + ', ' + datum.image", as: 'reading' },
        { fold: columns, as: ['pair', 'r'] },
        { calculate: "upper(split(datum.pair, '-')[0])", as: 'matrix' },
      ],
      mark: { type: 'point', filled: true, size: 36, opacity: 0.75 },
      encoding: {
        x: { field: 'r', type: 'quantitative', title: 'mean |r| over layers', axis: { format: '~g' } },
        y: { field: 'reading', type: 'nominal', title: null, sort: null },
        yOffset: { field: 'matrix', type: 'nominal', sort: labels },
        color: { ...matrix, scale: { domain: labels, range: styles.map(seriesColour) } },
        shape: { ...matrix, scale: { domain: labels, range: styles.map(seriesShape) } },
      },
    },
  ],
};
