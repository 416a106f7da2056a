import type { Verdict } from '../../claims/claim.ts';
import type { PaperData } from '../../results/paper-data.ts';

/** A claim that reads a table. */
export interface ClaimOn {
  readonly id: string;
  readonly verdict: Verdict;
  /** Where it stands, below the paper's address. */
  readonly at: string;
  /** As its page prints it; null where it has none. */
  readonly sentence: string | null;
}

/** The claims that rest on a table. @param placeOf what the pages say of a claim */
export const claimsOn = (
  { claims }: PaperData,
  table: string,
  placeOf: (id: string) => { readonly sentence: string | undefined; readonly at: string },
): readonly ClaimOn[] =>
  Object.entries(claims)
    .filter(([, { reads }]) => reads.includes(table))
    .map(([id, { verdict }]) => {
      const { sentence, at } = placeOf(id);
      return { id, verdict, at, sentence: sentence ?? null };
    });
