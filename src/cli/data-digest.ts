import { digestOf } from '../engine/index.ts';
import { sha256 } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';

type Results = Pick<PaperData, 'tables' | 'series'>;

/** They are large, and what looks at them asks more than once. */
const known = new WeakMap<PaperData, string>();

/** Of what stages made of a paper: its tables and series. */
export const resultsDigest = (data: PaperData): string => {
  const { tables, series }: Results = data;
  const digest = known.get(data) ?? sha256(JSON.stringify([tables, series]));
  known.set(data, digest);
  return digest;
};

/** Of all that is known of a paper: its results, and what is said of them. */
export const dataDigest = (data: PaperData): string => {
  const { tables: _, series: __, ...rest } = data;
  return digestOf([resultsDigest(data), sha256(JSON.stringify(rest))]);
};
