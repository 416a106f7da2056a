import jstat from 'jstat';
import { PaperError } from '../../../src/engine/stage/index.ts';

/**
 * The 95 % interval of a share (Clopper and Pearson 1934): exact, never too narrow.
 *
 * @throws NotAShare
 */
export const proportionInterval = (
  successes: number,
  trials: number,
): { readonly low: number; readonly high: number } => {
  const isCount = Number.isInteger(successes) && Number.isInteger(trials);
  if (!isCount || trials < 1 || successes < 0 || successes > trials) {
    throw new PaperError('NotAShare', 'a share counts successes among trials.', {
      details: [`expected 0 to trials successes of 1 trial or more; received ${successes} of ${trials}`],
      hint: 'count the trials in which the test found what was planted, and all trials.',
    });
  }
  const { inv } = jstat.jStat.beta;
  return {
    low: successes === 0 ? 0 : inv(0.025, successes, trials - successes + 1),
    high: successes === trials ? 1 : inv(0.975, successes + 1, trials - successes),
  };
};
