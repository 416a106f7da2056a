import { acceptClaims, type ClaimsLock, formatClaimsLock, verdictText } from '../claims/claims-lock.ts';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { ownOf } from '../results/own-of.ts';
import type { PaperData } from '../results/paper-data.ts';
import { buildResults } from './build-results.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { acceptedOfPaper, lockFileOf } from './hold-against-lock.ts';
import type { Paper } from './load-paper.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';
import { withAccepted, writeAccepted } from './write-accepted.ts';

/** What a build trains is shown, and binds no later build. @returns the others @throws NotLocked */
const requireLocked = (papers: readonly Paper[]): readonly Paper[] => {
  const locked = papers.filter(({ pipeline }) => pipeline.locked);
  if (locked.length > 0) return locked;
  const [first] = papers;
  throw new PaperError('NotLocked', `profile '${first?.profile}' of ${first?.id} has no lock.`, {
    details: ['what a build trains is shown, and binds no later build'],
    hint: 'accept verdicts of a profile that is computed from committed weights.',
  });
};

/** Claims of now, and those that only the lock knows. */
const knownClaims = (root: string, paper: Paper): readonly string[] => [
  ...new Set([...Object.keys(paper.claims), ...Object.keys(acceptedOfPaper(root, paper).claims)]),
];

/** Each claim is of one paper. @throws UnknownClaim, AmbiguousClaim */
const requireOwners = (root: string, papers: readonly Paper[], ids: readonly string[]): void => {
  const known = new Map(papers.map((paper) => [paper.id, knownClaims(root, paper)]));
  for (const id of ids) {
    const owners = [...known].filter(([, claims]) => claims.includes(id)).map(([paper]) => paper);
    if (owners.length === 1) continue;
    if (owners.length === 0) {
      throw new PaperError('UnknownClaim', `there is no claim '${id}' to accept.`, {
        hint: nearestHint(id, [...known.values()].flat()),
      });
    }
    throw new PaperError('AmbiguousClaim', `${owners.join(' and ')} have a claim '${id}' each.`, {
      details: ['expected the name of one paper'],
      hint: `name it: \`npm run paper -- accept --paper ${owners[0]} ${id}\`.`,
    });
  }
};

const differs = (before: ClaimsLock, data: PaperData, id: string): boolean => {
  const [old, now] = [ownOf(before.claims, id), ownOf(data.claims, id)];
  return !old || !now || verdictText(old) !== verdictText(now);
};

const acceptFor = (
  root: string,
  { paper, data }: ComputedPaper,
  ids: readonly string[] | 'all',
): readonly string[] => {
  const [known, before] = [knownClaims(root, paper), acceptedOfPaper(root, paper)];
  const accepted = known.filter((id) => (ids === 'all' ? differs(before, data, id) : ids.includes(id)));
  if (ids !== 'all' && accepted.length === 0) return [];
  const { lock, lines } = acceptClaims(data, before, accepted);
  for (const line of lines) console.log(line);
  const file = lockFileOf(paper);
  writeAccepted(root, file, formatClaimsLock(lock));
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
    const papers = options['paper'] === undefined ? '' : ` --paper ${options['paper']}`;
    throw new PaperError('NothingToAccept', 'no claim was named.', {
      hint: `name claims, or all of them: \`npm run paper -- accept --all${papers}\`.`,
    });
  }
  // Before anything is computed.
  const locked = requireLocked(await loadPapers(root, options));
  if (ids !== 'all') requireOwners(root, locked, ids);
  const computed = (await buildResults(root, options)).filter(({ paper }) => paper.pipeline.locked);
  return withAccepted(root, () => computed.flatMap((paper) => acceptFor(root, paper, ids)));
};
