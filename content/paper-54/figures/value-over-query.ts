/** V/Q over relative depth: ours, its value at init, and the original's, of which only some layers are printed. */
import { seriesColour, seriesDash } from '../../../src/figures/index.ts';

const y = { type: 'quantitative', title: 'V/Q', scale: { zero: true } };
const depth = [
  { joinaggregate: [{ op: 'max', field: 'layer', as: 'last' }] },
  { calculate: 'datum.layer / max(1, datum.last)', as: 'depth' },
];
const line = (style: 1 | 3 | 4, field: string) => ({
  transform: depth,
  mark: {
    type: 'line',
    color: seriesColour(style),
    strokeDash: [...seriesDash(style)],
    point: { filled: true, size: 45, color: seriesColour(style) },
  },
  encoding: { y: { ...y, field } },
});

export default {
  data: { name: 'value-crescendo.mean' },
  height: 240,
  encoding: {
    x: {
      field: 'depth',
      type: 'quantitative',
      title: 'relative depth, first layer to last',
      axis: { tickCount: 5 },
    },
  },
  layer: [
    line(1, 'v-over-q-init'),
    { data: { name: 'value-crescendo.reported' }, ...line(4, 'v-over-q') },
    line(3, 'v-over-q'),
  ],
  usermeta: {
    directLabels: {
      strokes: {
        [seriesColour(3)]: 'computed',
        [seriesColour(4)]: 'reported',
        [seriesColour(1)]: 'at init',
      },
    },
  },
};
