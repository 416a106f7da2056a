/** How far each regularity lies from what chance gives: grey, reported and computed, a row each. */
import { axisColour, nullBand, seriesColour } from 'reproducible-paper/figures';

/** Padded, so that no mark is cut at the edge. */
const scale = { type: 'symlog', constant: 1, padding: 16 };
const y = {
  field: 'quantity',
  type: 'nominal',
  title: null,
  sort: null,
  axis: {
    labelLimit: 220,
    grid: false,
    ticks: false,
    domain: false,
    // The sign of transposition alone would load the fonts of further alphabets, on the home page too.
    labelExpr: "replace(datum.label, 'QKᵀ', 'product QK')",
  },
};
const x = {
  type: 'quantitative',
  scale,
  title: 'distance from chance, in half-widths',
  axis: { values: [-100, -10, -1, 1, 10, 100, 1000], format: ',' },
};
const colour = seriesColour(1);

export default {
  data: { name: 'distance-from-chance' },
  height: 190,
  layer: [
    {
      mark: { type: 'rect', ...nullBand },
      encoding: { x: { ...x, datum: -1 }, x2: { datum: 1 } },
    },
    {
      mark: { type: 'rule', color: colour, strokeWidth: 1.5 },
      encoding: { y, x: { ...x, field: 'distance-lowest' }, x2: { field: 'distance-highest' } },
    },
    {
      mark: { type: 'point', shape: 'circle', filled: true, size: 60, color: colour, opacity: 1 },
      encoding: { y, x: { ...x, field: 'distance' } },
    },
    {
      transform: [{ filter: "isValid(datum['distance-reported'])" }],
      mark: {
        type: 'point',
        shape: 'diamond',
        filled: false,
        size: 90,
        color: axisColour,
        strokeWidth: 1.6,
        opacity: 1,
      },
      encoding: { y, x: { ...x, field: 'distance-reported' } },
    },
  ],
};
