/** Share of the energy of Q K^T in its leading singular values, a line a layer; the band is Gaussian. */
import { axisColour, nullBand, seriesColour, seriesDash } from 'reproducible-paper/figures';

const x = {
  type: 'quantitative',
  title: 'leading singular values',
  // Room before the first value, for the names of the lines.
  scale: { type: 'log', base: 2, nice: false, domainMin: 0.4 },
  axis: { values: [1, 2, 4, 8, 16, 32, 64, 128, 256], format: 'd' },
};
const y = { type: 'quantitative', title: 'share of energy', axis: { format: '%' } };
const along = { x: { ...x, field: 'k' }, y: { ...y, field: 'energy' } };

/** The layers that are told apart, and how. */
const ends = {
  first: { is: 'datum.layer === 0', style: 1 },
  last: { is: 'datum.layer === datum.last', style: 2 },
} as const;

export default {
  data: { name: 'cumulative-energy' },
  height: 140,
  transform: [{ joinaggregate: [{ op: 'max', field: 'layer', as: 'last' }] }],
  layer: [
    {
      transform: [{ filter: ends.first.is }],
      mark: { type: 'area', ...nullBand },
      encoding: {
        x: along.x,
        y: { ...y, field: 'null-low' },
        y2: { field: 'null-high' },
      },
    },
    {
      transform: [{ filter: `!(${ends.first.is} || ${ends.last.is})` }],
      mark: { type: 'line', color: axisColour, strokeWidth: 1 },
      encoding: { ...along, detail: { field: 'layer' } },
    },
    ...Object.values(ends).map(({ is, style }) => ({
      transform: [{ filter: is }],
      mark: { type: 'line', color: seriesColour(style), strokeDash: [...seriesDash(style)] },
      encoding: along,
    })),
    {
      data: { name: 'low-rank-kernel.reported' },
      transform: [
        { fold: ['top-8-energy', 'top-32-energy'], as: ['leading', 'energy'] },
        { calculate: "toNumber(split(datum.leading, '-')[1])", as: 'k' },
      ],
      mark: {
        type: 'point',
        shape: 'diamond',
        filled: false,
        size: 80,
        color: axisColour,
        strokeWidth: 1.6,
        opacity: 1,
      },
      encoding: along,
    },
  ],
  usermeta: {
    directLabels: {
      at: 'start',
      strokes: Object.fromEntries(
        Object.entries(ends).map(([name, { style }]) => [seriesColour(style), name]),
      ),
    },
  },
};
