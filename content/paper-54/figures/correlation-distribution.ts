/** Every layer's correlation with every view in every seed; at the right, how many of a view lie outside of chance. */
import { ink, nullBand, reportedMark, seriesColour, seriesShape } from 'reproducible-paper/figures';
import { matrices } from './matrices.ts';

const views = { k2: 'K₂', 'k2-t': 'K₂ᵀ', k3: 'K₃', ete: 'EᵀE', identity: 'I' };
const columns = Object.keys(views);
const order = Object.values(views);
const labels = Object.values(matrices).map(({ label }) => label);
const styles = Object.values(matrices).map(({ style }) => style);

/** A view as it is called on the axis. */
const named = (column: string) => ({
  calculate: `(${JSON.stringify(views)})[datum.${column}]`,
  as: 'view-name',
});
const unfolded = [{ fold: columns, as: ['view', 'r'] }, named('view')];
const matrix = { field: 'matrix', type: 'nominal', title: null };
const y = { field: 'view-name', type: 'nominal', title: null, sort: order };
const place = {
  x: { field: 'r', type: 'quantitative', title: 'r', axis: { tickCount: 5, format: '~g' } },
  y,
  yOffset: { field: 'matrix', type: 'nominal', sort: labels },
};
/** Ends of what the original says that no layer exceeds. */
const bound = (end: string) => ({
  data: { name: 'statement.any-layer-r' },
  transform: [{ calculate: end, as: 'bound' }],
  mark: { type: 'rule', color: ink, strokeDash: [4, 3] },
  encoding: { x: { field: 'bound', type: 'quantitative' } },
});

export default {
  data: { name: 'correlations-by-layer' },
  height: 160,
  layer: [
    {
      transform: [
        {
          aggregate: [
            { op: 'min', field: 'k2-null-low', as: 'low' },
            { op: 'max', field: 'k2-null-high', as: 'high' },
          ],
        },
      ],
      mark: { type: 'rect', ...nullBand },
      encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
    },
    bound('datum.high'),
    bound('-datum.high'),
    {
      transform: unfolded,
      mark: { type: 'point', filled: true, size: 30, opacity: 0.7 },
      encoding: {
        ...place,
        color: { ...matrix, scale: { domain: labels, range: styles.map(seriesColour) } },
        shape: { ...matrix, scale: { domain: labels, range: styles.map(seriesShape) } },
      },
    },
    {
      data: { name: 'mean-correlations.reported' },
      transform: unfolded,
      mark: reportedMark(ink),
      encoding: place,
    },
    {
      data: { name: 'correlations-outside' },
      transform: [
        { filter: "datum.view !== 'all'" },
        named('view'),
        { calculate: "datum.outside + ' of ' + datum.points + ' outside'", as: 'count' },
      ],
      mark: { type: 'text', align: 'left', dx: 8, color: ink },
      encoding: { x: { value: 'width' }, y, text: { field: 'count' } },
    },
  ],
};
