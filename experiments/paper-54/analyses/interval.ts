/** Arithmetic on intervals: a printed figure stands for everything that rounds to it. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/** `0.833` -> [0.8325, 0.8335]; half a unit of the last printed digit either way. */
export const printed = (figure: string): Interval => {
  const half = 0.5 * 10 ** -(figure.split('.')[1]?.length ?? 0);
  return { low: Number(figure) - half, high: Number(figure) + half };
};

export const exactly = (value: number): Interval => ({ low: value, high: value });

const hull = (values: readonly number[]): Interval => ({
  low: Math.min(...values),
  high: Math.max(...values),
});

/** Applies a function that is monotone in each argument: extremes lie at corners. */
export const onCorners = (f: (x: number, y: number) => number, a: Interval, b: Interval): Interval =>
  hull([f(a.low, b.low), f(a.low, b.high), f(a.high, b.low), f(a.high, b.high)]);

export const monotone = (f: (x: number) => number, a: Interval): Interval => hull([f(a.low), f(a.high)]);

/** |x| of an interval: from zero where it holds zero. */
export const magnitude = (a: Interval): Interval =>
  a.low <= 0 && a.high >= 0
    ? { low: 0, high: Math.max(-a.low, a.high) }
    : hull([Math.abs(a.low), Math.abs(a.high)]);

/** The least interval that holds all. */
export const union = (intervals: readonly Interval[]): Interval =>
  hull(intervals.flatMap(({ low, high }) => [low, high]));

export const overlap = (a: Interval, b: Interval): boolean => a.low <= b.high && b.low <= a.high;
export const contains = (outer: Interval, inner: Interval): boolean =>
  outer.low <= inner.low && inner.high <= outer.high;
