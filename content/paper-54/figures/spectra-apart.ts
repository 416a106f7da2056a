/** Divergence of the spectrum of Q from those of K and of V, a point a layer: as computed and as reported. */
import { nullBand, seriesColour, seriesDash } from 'reproducible-paper/figures';

const x = { field: 'layer', type: 'ordinal', title: 'layer', axis: { labelAngle: 0 } };
const y = {
  type: 'quantitative',
  title: 'divergence, nats',
  scale: { type: 'log' },
  axis: { values: [0.0001, 0.001, 0.01, 0.1], format: '~g' },
};
const pairs = {
  'kl-q-v': { label: 'Q and V', style: 3 },
  'kl-q-k': { label: 'Q and K', style: 1 },
} as const;

export default {
  data: { name: 'spectral-twinning.mean' },
  height: 120,
  layer: [
    {
      mark: { type: 'area', ...nullBand },
      encoding: { x, y: { ...y, field: 'kl-q-k-null-low' }, y2: { field: 'kl-q-k-null-high' } },
    },
    ...Object.entries(pairs).flatMap(([field, { style }]) => [
      {
        mark: {
          type: 'line',
          color: seriesColour(style),
          strokeDash: [...seriesDash(style)],
          point: { filled: true, size: 40, color: seriesColour(style) },
        },
        encoding: { x, y: { ...y, field } },
      },
      {
        data: { name: 'spectral-twinning.reported' },
        mark: {
          type: 'point',
          shape: 'diamond',
          filled: false,
          size: 80,
          color: seriesColour(style),
          strokeWidth: 1.6,
          opacity: 1,
        },
        encoding: { x, y: { ...y, field } },
      },
    ]),
  ],
  usermeta: {
    directLabels: {
      strokes: Object.fromEntries(
        Object.values(pairs).map(({ label, style }) => [seriesColour(style), label]),
      ),
    },
  },
};
