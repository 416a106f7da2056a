/** Of the line of least squares. @param points [x, y]; two different x at least */
export const slope = (points: readonly (readonly [x: number, y: number])[]): number => {
  const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
  const [mx, my] = [mean(points.map(([x]) => x)), mean(points.map(([, y]) => y))];
  const covariance = mean(points.map(([x, y]) => (x - mx) * (y - my)));
  return covariance / mean(points.map(([x]) => (x - mx) ** 2));
};
