import type { Verdict } from '../claims/claim.ts';
import type { PaperData } from '../results/paper-data.ts';

/** What is said of several predicates with a verdict. */
export const verdictVerbs = { holds: 'hold', fails: 'fail', undecided: 'are undecided' } as const;

const verbsOfOne = { holds: 'holds', fails: 'fails', undecided: 'is undecided' } as const;

/** `1 holds`, `9 fail`, or `1 predicate holds` with a noun. */
export const verdictText = (
  { verdict, count }: { readonly verdict: Verdict; readonly count: number },
  noun?: string,
): string => {
  const [of, verb] = count === 1 ? [noun, verbsOfOne[verdict]] : [noun && `${noun}s`, verdictVerbs[verdict]];
  return [count, ...(of === undefined ? [] : [of]), verb].join(' ');
};

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
