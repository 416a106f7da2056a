import jstat from 'jstat';

/** Half of the interval that holds this share of a normal law, in standard deviations: 1.96 of .95. */
export const normalHalf = (share: number): number => jstat.jStat.normal.inv((1 + share) / 2, 0, 1);
