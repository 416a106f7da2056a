/** lim E|r| of two independent matrices over that of this many entries: r is normal with a variance of one over them. */
export const meanAbsCorrelation = (entries: number): number => Math.sqrt(2 / (Math.PI * entries));

/** E[rho] of a matrix of independent entries, and of a product of two: only the diagonal meets itself. */
export const meanRho = (n: number): number => 1 / n;

/** sqrt(2 (1 - rho)) at that rho. */
export const asymmetryRatio = (n: number): number => Math.sqrt(2 * (1 - meanRho(n)));

/** lim sum |Re| / sum |lambda| where no direction of the plane is preferred: E|cos| of a uniform angle. */
export const realShare = 2 / Math.PI;
