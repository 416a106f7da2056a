/** Lines of text need so many pixels from one to the next. */
const lineHeight = 14;

/**
 * Where names stand beside line ends: at the end itself, moved no farther than keeps two names apart, and none below the
 * bottom.
 *
 * @param ends pixels from the top, growing downwards
 * @param bottom of the plot in pixels
 * @returns places in the order of the ends
 */
export const spreadLabels = (ends: readonly number[], bottom: number): readonly number[] => {
  const order = ends.map((_, at) => at).toSorted((a, b) => ends[a]! - ends[b]!);
  const places = [...ends];
  let above = Number.NEGATIVE_INFINITY;
  for (const at of order) {
    places[at] = Math.max(ends[at]!, above + lineHeight);
    above = places[at]!;
  }
  // Those that were pushed below the plot go up again, and push what is above them.
  let below = bottom;
  for (const at of order.toReversed()) {
    places[at] = Math.min(places[at]!, below);
    below = places[at]! - lineHeight;
  }
  return places;
};
