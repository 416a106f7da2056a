/** What an author of figures imports: builders of Vega-Lite specifications for the forms that recur, and the theme's styles. */
export type { Axis, ValueAxis } from './builders/axis.ts';
export { bars } from './builders/bars.ts';
export { distribution } from './builders/distribution.ts';
export { heatmap } from './builders/heatmap.ts';
export { lines } from './builders/lines.ts';
export { points } from './builders/points.ts';
export type { Series, SeriesOf, Specification } from './builders/series.ts';
export {
  axisColour,
  ink,
  nullBand,
  reportedMark,
  type SeriesStyle,
  seriesColour,
  seriesDash,
  seriesShape,
  singleMark,
} from './theme.ts';
