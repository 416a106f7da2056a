import type { Verdict } from '../../claims/claim.ts';
import { claimHeading } from '../../claims/claim-words.ts';
import type { PaperData } from '../../results/paper-data.ts';

/** A claim that reads a table. */
export interface ClaimOn {
  readonly id: string;
  readonly verdict: Verdict;
  /** Where it stands, below the paper's address. */
  readonly at: string;
  /** As its page prints it; null where it has none. */
  readonly sentence: string | null;
  /** What it is called where it stands alone. */
  readonly heading: string;
  /** What of the table it read: `<row>.<column>`, and `.<column>` of a whole column. */
  readonly cells: readonly string[];
}

/** The claims that rest on a table. @param placeOf what the pages say of a claim */
export const claimsOn = (
  { claims }: PaperData,
  table: string,
  placeOf: (id: string) => { readonly sentence: string | undefined; readonly at: string },
): readonly ClaimOn[] =>
  Object.entries(claims)
    .filter(([, { reads }]) => reads.includes(table))
    .map(([id, claim]) => {
      const { sentence, at } = placeOf(id);
      const cells = claim.cells
        .filter((cell) => cell.startsWith(`${table}.`))
        .map((cell) => cell.slice(table.length + 1));
      const heading = claimHeading(sentence, claim);
      return { id, verdict: claim.verdict, at, sentence: sentence ?? null, heading, cells };
    });
