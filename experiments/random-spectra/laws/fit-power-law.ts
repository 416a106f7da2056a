import { PaperError } from 'reproducible-paper/stage';

/** y = scale n^exponent, fitted to logarithms. */
export interface PowerLaw {
  readonly exponent: number;
  /** Standard errors. */
  readonly exponentError: number;
  readonly scale: number;
  /** Of ln scale. */
  readonly logScaleError: number;
}

/**
 * Least squares of ln y on ln n, each point of equal weight.
 *
 * @throws NoPowerLaw with fewer than three sizes, or a y that is not above zero
 */
export const fitPowerLaw = (points: readonly (readonly [n: number, y: number])[]): PowerLaw => {
  const bad = points.find(([n, y]) => !(n > 0 && y > 0));
  if (bad || new Set(points.map(([n]) => n)).size < 3) {
    throw new PaperError('NoPowerLaw', 'no power law can be fitted to these points.', {
      details: [
        bad
          ? `expected figures above zero; received ${bad[1]} at n = ${bad[0]}`
          : `expected three different sizes at least; received ${points.map(([n]) => n).join(', ')}`,
      ],
      hint: 'fit a figure that falls to zero, over more sizes: see config.ts.',
    });
  }
  const logs = points.map(([n, y]) => [Math.log(n), Math.log(y)] as const);
  const mean = (of: (log: readonly [number, number]) => number): number =>
    logs.reduce((sum, log) => sum + of(log), 0) / logs.length;
  const [meanX, meanY] = [mean(([x]) => x), mean(([, y]) => y)];
  const spread = logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
  const exponent = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) / spread;
  const logScale = meanY - exponent * meanX;
  const residual =
    logs.reduce((sum, [x, y]) => sum + (y - logScale - exponent * x) ** 2, 0) / (logs.length - 2);
  return {
    exponent,
    exponentError: Math.sqrt(residual / spread),
    scale: Math.exp(logScale),
    logScaleError: Math.sqrt(residual * (1 / logs.length + meanX ** 2 / spread)),
  };
};
