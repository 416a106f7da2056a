import type { PlainCell as Cell } from '../results/result-schema.ts';

/** A line's name beside its end, in place of a legend. */
export interface LineEnd {
  readonly name: string;
  /** In the axis's unit. */
  readonly value: number;
}

/** Lines of text need so many pixels from one to the next. */
const lineHeight = 14;

/**
 * Where names stand beside line ends: at the end itself, moved no farther than keeps two names apart.
 *
 * @param domain of the axis
 * @param height of the axis in pixels
 */
export const spreadLabels = <End extends LineEnd>(
  ends: readonly End[],
  domain: readonly [number, number],
  height: number,
): readonly (End & { readonly at: number })[] => {
  const gap = ((domain[1] - domain[0]) * lineHeight) / height;
  const placed: (End & { at: number })[] = [];
  for (const end of ends.toSorted((a, b) => a.value - b.value)) {
    placed.push({ ...end, at: Math.max(end.value, (placed.at(-1)?.at ?? Number.NEGATIVE_INFINITY) + gap) });
  }
  // Those that were pushed beyond the top go down again, and push what is below them.
  let ceiling = domain[1];
  for (const label of placed.toReversed()) {
    label.at = Math.min(label.at, ceiling);
    ceiling = label.at - gap;
  }
  return placed;
};

/** An axis from zero to a little above the largest value. */
export const fromZero = (values: readonly number[]): [number, number] => [
  0,
  Math.max(...values.filter(Number.isFinite)) * 1.08,
];

/** The last value of each matrix's line. */
export const endsOf = (rows: readonly Readonly<Record<string, Cell>>[]): readonly LineEnd[] => [
  ...new Map(
    rows.map(({ matrix, value }) => [String(matrix), { name: String(matrix), value: Number(value) }]),
  ).values(),
];
