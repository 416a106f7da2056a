import type { Verdict } from '../../claims/claim.ts';
import type { PaperData } from '../../results/paper-data.ts';

/** A claim that reads a table. */
export interface ClaimOn {
  readonly id: string;
  readonly verdict: Verdict;
  /** As the page prints it; null where it has none. */
  readonly sentence: string | null;
}

/** The claims that rest on a table. @param sentences by claim */
export const claimsOn = (
  { claims }: PaperData,
  table: string,
  sentences: Readonly<Record<string, string>>,
): readonly ClaimOn[] =>
  Object.entries(claims)
    .filter(([, { reads }]) => reads.includes(table))
    .map(([id, { verdict }]) => ({ id, verdict, sentence: sentences[id] ?? null }));
