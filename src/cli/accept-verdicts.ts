import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { acceptClaims, type ClaimsLock, formatClaimsLock, verdictText } from '../claims/claims-lock.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { ownOf } from '../results/own-of.ts';
import { buildResults } from './build-results.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { acceptedOfPaper, lockFileOf } from './hold-against-lock.ts';
import type { Paper } from './load-paper.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';

/** What a build trains is shown, and binds no later build. @throws NotLocked, told before anything is computed */
const requireLocked = (papers: readonly Paper[]): void => {
  if (papers.some(({ pipeline }) => pipeline.locked)) return;
  const [first] = papers;
  throw new PaperError('NotLocked', `profile '${first?.profile}' of ${first?.id} has no lock.`, {
    details: ['what a build trains is shown, and binds no later build'],
    hint: 'accept verdicts of a profile that is computed from committed weights.',
  });
};

interface Lockable extends ComputedPaper {
  readonly before: ClaimsLock;
  /** Claims of now, and those that only the lock knows. */
  readonly known: readonly string[];
}

const lockable = (root: string, computed: ComputedPaper): Lockable => {
  const before = acceptedOfPaper(root, computed.paper);
  return {
    ...computed,
    before,
    known: [...new Set([...Object.keys(computed.data.claims), ...Object.keys(before.claims)])],
  };
};

/** The paper that each claim is of. @throws UnknownClaim, AmbiguousClaim */
const requireOwners = (papers: readonly Lockable[], ids: readonly string[]): void => {
  for (const id of ids) {
    const owners = papers.filter(({ known }) => known.includes(id)).map(({ paper }) => paper.id);
    if (owners.length === 1) continue;
    if (owners.length === 0) {
      throw new PaperError('UnknownClaim', `there is no claim '${id}' to accept.`, {
        hint: nearestHint(
          id,
          papers.flatMap(({ known }) => known),
        ),
      });
    }
    throw new PaperError('AmbiguousClaim', `${owners.join(' and ')} have a claim '${id}' each.`, {
      details: ['expected the name of one paper'],
      hint: `name it: \`npm run paper -- accept --paper ${owners[0]} ${id}\`.`,
    });
  }
};

const differs = ({ before, data }: Lockable, id: string): boolean => {
  const [old, now] = [ownOf(before.claims, id), ownOf(data.claims, id)];
  return !old || !now || verdictText(old) !== verdictText(now);
};

const acceptFor = (root: string, paper: Lockable, ids: readonly string[] | 'all'): readonly string[] => {
  const { known, before, data } = paper;
  const accepted =
    ids === 'all' ? known.filter((id) => differs(paper, id)) : known.filter((id) => ids.includes(id));
  if (ids !== 'all' && accepted.length === 0) return [];
  const { lock, lines } = acceptClaims(data, before, accepted);
  for (const line of lines) console.log(line);
  const file = lockFileOf(paper.paper);
  writeFileSync(join(root, file), formatClaimsLock(lock));
  console.log(`${file} is written: ${lines.length} of ${known.length} verdicts`);
  return lines;
};

/**
 * Records verdicts as they are now, each in the lock of the paper that has the claim.
 *
 * @param ids claims, or `all`
 * @throws NothingToAccept, NotLocked, UnknownClaim, AmbiguousClaim
 */
export const acceptVerdicts = async (
  root: string,
  options: BuildOptions,
  ids: readonly string[] | 'all',
): Promise<readonly string[]> => {
  if (ids.length === 0) {
    throw new PaperError('NothingToAccept', 'no claim was named.', {
      hint: 'name claims, or all of them: `npm run paper -- accept --all`.',
    });
  }
  requireLocked(await loadPapers(root, options));
  const papers = (await buildResults(root, options))
    .filter(({ paper }) => paper.pipeline.locked)
    .map((computed) => lockable(root, computed));
  if (ids !== 'all') requireOwners(papers, ids);
  return papers.flatMap((paper) => acceptFor(root, paper, ids));
};
