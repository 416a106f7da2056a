import { PaperError } from '../../../src/engine/stage/index.ts';

/** @throws NotAProbability */
export const requireProbabilities = (p: readonly number[]): void => {
  const at = p.findIndex((x) => !(x >= 0 && x <= 1));
  if (at < 0) return;
  throw new PaperError('NotAProbability', `p-value ${at} of a family is none.`, {
    details: [`expected a number from 0 to 1; received ${p[at]}`],
    hint: 'look at the test that it comes from: its figure or its null is not finite.',
  });
};
