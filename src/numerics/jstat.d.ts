/** The part of jstat that is used: the package has no types of its own. */
declare module 'jstat' {
  const jstat: {
    readonly jStat: {
      readonly studentt: {
        /** Quantile of Student's t distribution. */
        inv(probability: number, degreesOfFreedom: number): number;
        /** P(t <= x) */
        cdf(x: number, degreesOfFreedom: number): number;
      };
      readonly normal: {
        /** Quantile of the normal distribution. */
        inv(probability: number, mean: number, standardDeviation: number): number;
      };
      readonly beta: {
        /** Quantile of the Beta distribution. */
        inv(probability: number, alpha: number, beta: number): number;
      };
    };
  };
  export default jstat;
}
