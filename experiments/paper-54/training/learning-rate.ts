import type { TrainingOptions } from './training-options.ts';

/** Where the cosine ends, as a share of the highest rate. */
const lowestShare = 0.1;

/** The rate of a step, counted from 1: linear warm-up, then cosine (Loshchilov and Hutter 2017) or constant. */
export const learningRateAt = (
  step: number,
  {
    learningRate,
    warmupSteps,
    steps,
    schedule,
  }: Pick<TrainingOptions, 'learningRate' | 'warmupSteps' | 'steps' | 'schedule'>,
): number => {
  if (step <= warmupSteps) return (learningRate * step) / warmupSteps;
  if (schedule === 'constant') return learningRate;
  const progress = (step - warmupSteps) / Math.max(1, steps - warmupSteps);
  return (
    learningRate * (lowestShare + ((1 - lowestShare) * (1 + Math.cos(Math.PI * Math.min(1, progress)))) / 2)
  );
};
