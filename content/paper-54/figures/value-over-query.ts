/** V/Q over relative depth: ours, its value at init, and the original's, of which only some layers are printed. */
import { axisColour, reportedMark, seriesColour, seriesDash, singleMark } from 'reproducible-paper/figures';

const y = { type: 'quantitative', title: 'V/Q', scale: { zero: true } };
const depth = [
  { joinaggregate: [{ op: 'max', field: 'layer', as: 'last' }] },
  { calculate: 'datum.layer / max(1, datum.last)', as: 'depth' },
];
/** Ours in the colour of V; at init in grey. */
const colours = { computed: seriesColour(3), reported: seriesColour(4), 'at init': axisColour };
const dashes = { computed: seriesDash(1), reported: seriesDash(2), 'at init': seriesDash(3) };
const line = (name: keyof typeof colours, field: string) => ({
  transform: depth,
  mark: { type: 'line', color: colours[name], strokeDash: [...dashes[name]] },
  encoding: { y: { ...y, field } },
});
const marks = (data: string, mark: object, field: string) => ({
  data: { name: data },
  transform: depth,
  mark,
  encoding: { y: { ...y, field } },
});

export default {
  data: { name: 'value-crescendo.mean' },
  height: 110,
  encoding: {
    x: {
      field: 'depth',
      type: 'quantitative',
      title: 'relative depth, first layer to last',
      axis: { tickCount: 5 },
    },
  },
  layer: [
    line('at init', 'v-over-q-init'),
    marks('value-crescendo', { ...singleMark(1), color: axisColour }, 'v-over-q-init'),
    { data: { name: 'value-crescendo.reported' }, ...line('reported', 'v-over-q') },
    marks('value-crescendo.reported', reportedMark(colours.reported), 'v-over-q'),
    line('computed', 'v-over-q'),
    marks('value-crescendo', singleMark(3), 'v-over-q'),
  ],
  usermeta: {
    directLabels: {
      strokes: Object.fromEntries(Object.entries(colours).map(([name, colour]) => [colour, name])),
    },
  },
};
