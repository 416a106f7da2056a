import { mean } from './mean.ts';

/** Standard deviation of what a sample was drawn from, over one less than its size. @param figures two at least */
export const sampleDeviation = (figures: readonly number[]): number => {
  const centre = mean(figures);
  return Math.sqrt(figures.reduce((sum, x) => sum + (x - centre) ** 2, 0) / (figures.length - 1));
};
