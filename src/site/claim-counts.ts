import type { Verdict } from '../claims/claim.ts';
import type { PaperData } from '../results/paper-data.ts';

/** What is said of several predicates with a verdict. */
export const verdictVerbs = { holds: 'hold', fails: 'fail', undecided: 'are undecided' } as const;

export const verdicts = ['holds', 'fails', 'undecided'] as const satisfies readonly Verdict[];

/** How many of a paper's claims have each verdict, for each that some have. */
export const claimCounts = (
  claims: PaperData['claims'],
): readonly { readonly verdict: Verdict; readonly count: number }[] =>
  verdicts
    .map((verdict) => ({
      verdict,
      count: Object.values(claims).filter((claim) => claim.verdict === verdict).length,
    }))
    .filter(({ count }) => count > 0);
