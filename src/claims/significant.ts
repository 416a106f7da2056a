import { type Assessment, below, type Scale } from './claim.ts';

/** How many standard errors of a p-value from draws lie between it and the level before anything is decided. */
const errors = 2;

/**
 * p < level. The margin counts powers of ten between the two; its noise is that of a p-value from so many draws,
 * whose share has the standard error sqrt(p (1 - p) / draws).
 *
 * @param p in (0, 1]: a share of draws is never zero (Phipson & Smyth 2010)
 * @param options draws: how many made p; null: p is exact
 */
export const significant = (
  p: number,
  {
    level,
    draws,
    ...scale
  }: Pick<Scale, 'predicate' | 'of'> & { readonly level: number; readonly draws: number | null },
): Assessment => {
  const share = Math.max(p, Number.MIN_VALUE);
  const noise = draws === null ? 0 : (errors * Math.sqrt(((1 - share) * share) / draws)) / share / Math.LN10;
  const { evidence: _, ...found } = below(Math.log10(share), Math.log10(level), {
    ...scale,
    per: 1,
    unit: 'powers of ten of p',
    noise,
  });
  const of = scale.of === undefined ? '' : `${scale.of} has `;
  return { ...found, evidence: `${of}p = ${Number(p.toPrecision(3))} against ${level}` };
};
