import { PaperError } from '../engine/stage/index.ts';
import { numberText } from '../results/number-text.ts';
import { type Assessment, assertion, below, type Scale } from './claim.ts';

/** How many standard errors of a p-value from draws lie between it and the level before anything is decided. */
const errors = 2;

/** By what a sum of probabilities may exceed one as it rounds. */
const rounding = 1e-9;

const requireTest = (asserted: string, p: number, level: number, draws: number | null): void => {
  const fault =
    !(p >= 0 && p <= 1 + rounding) || (p === 0 && draws !== null)
      ? `expected p from 0 to 1, and above 0 where draws made it; received ${p}`
      : !(level > 0 && level < 1)
        ? `expected a level between 0 and 1; received ${level}`
        : draws !== null && !(Number.isInteger(draws) && draws > 0)
          ? `expected a whole number of draws above 0, or null where p is exact; received ${draws}`
          : undefined;
  if (fault === undefined) return;
  throw new PaperError('BadTest', `${asserted} rests on a test that is none.`, {
    details: [fault],
    hint: 'count the observed figure among the draws: p = (1 + as extreme) / (1 + draws).',
  });
};

/**
 * p < level. The margin counts powers of ten between the two; its noise is that of a p-value from so many draws,
 * whose share has the standard error sqrt(p (1 - p) / draws).
 *
 * @param p in [0, 1]; a share of draws is never zero (Phipson & Smyth 2010)
 * @param options draws: how many made p; null: p is exact; correctedOver: which tests p was corrected for, in words
 * @throws BadTest
 */
export const significant = (
  p: number,
  {
    level,
    draws,
    correctedOver,
    ...scale
  }: Pick<Scale, 'predicate' | 'of'> & {
    readonly level: number;
    readonly draws: number | null;
    readonly correctedOver?: string;
  },
): Assessment => {
  requireTest(assertion(scale.predicate, scale.of), p, level, draws);
  const share = Math.min(1, Math.max(p, Number.MIN_VALUE));
  const noise = draws === null ? 0 : (errors * Math.sqrt(((1 - share) * share) / draws)) / share / Math.LN10;
  const { evidence: _, ...found } = below(Math.log10(share), Math.log10(level), {
    ...scale,
    per: 1,
    unit: 'powers of ten of p',
    noise,
  });
  const over = correctedOver === undefined ? '' : `, corrected over ${correctedOver},`;
  const of = scale.of === undefined ? '' : `${scale.of} has `;
  return { ...found, evidence: `${of}p = ${numberText(p, 3)}${over} against ${level}` };
};
