/** The sign test (Arbuthnot 1710): how often fair coins fall on one side at least so many times, exactly. */
import { PaperError } from '../../../src/engine/stage/index.ts';

export interface SignTest {
  /** P(X >= successes) */
  readonly upperP: number;
  /** Chance of a count at least as far from half of the trials. */
  readonly twoSidedP: number;
}

/** @param successes of `trials`, for example layers in which one figure is below another. @throws NoSignTest */
export const signTest = (successes: number, trials: number): SignTest => {
  const isCount = Number.isInteger(successes) && Number.isInteger(trials) && trials >= 1;
  // Chances of more trials than this are no longer told from zero.
  if (!isCount || successes < 0 || successes > trials || trials > 1000) {
    throw new PaperError('NoSignTest', 'a sign test counts successes among trials.', {
      details: [`expected 0 to trials successes of 1 to 1000 trials; received ${successes} of ${trials}`],
      hint: 'count the layers in which the inequality holds, and all layers.',
    });
  }
  const chances = [2 ** -trials];
  for (let k = 0; k < trials; k += 1) chances.push((chances[k]! * (trials - k)) / (k + 1));
  const sumWhere = (isIn: (k: number) => boolean): number =>
    Math.min(
      1,
      chances.reduce((sum, chance, k) => (isIn(k) ? sum + chance : sum), 0),
    );
  return {
    upperP: sumWhere((k) => k >= successes),
    twoSidedP: sumWhere((k) => Math.abs(2 * k - trials) >= Math.abs(2 * successes - trials)),
  };
};
