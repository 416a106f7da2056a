import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { acceptClaims, formatClaimsLock, verdictText } from '../results/claims-lock.ts';
import { buildResults } from './build-results.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { acceptedOfPaper, lockFileOf } from './hold-against-lock.ts';
import { type BuildOptions, loadPaper, type Paper } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';

/** Told before anything is computed. */
const requireLocked = ({ id, profile, pipeline }: Paper): void => {
  if (pipeline.locked) return;
  throw new PaperError('NotLocked', `profile '${profile}' of ${id} has no lock.`, {
    details: ['what a build trains is shown, and binds no later build'],
    hint: 'accept verdicts of a profile that is computed from committed weights.',
  });
};

const acceptFor = (
  root: string,
  { paper, data }: ComputedPaper,
  ids: readonly string[] | 'all',
): readonly string[] => {
  const before = acceptedOfPaper(root, paper);
  const known = [...new Set([...Object.keys(data.claims), ...Object.keys(before.claims)])];
  const unknown = ids === 'all' ? undefined : ids.find((id) => !known.includes(id));
  if (unknown !== undefined) {
    throw new PaperError('UnknownClaim', `there is no claim '${unknown}' to accept.`, {
      hint: nearestHint(unknown, known),
    });
  }
  const differs = (id: string): boolean => {
    const [old, now] = [before.claims[id], data.claims[id]];
    return !old || !now || verdictText(old) !== verdictText(now);
  };
  const { lock, lines } = acceptClaims(data, before, ids === 'all' ? known.filter(differs) : ids);
  for (const line of lines) console.log(line);
  writeFileSync(join(root, lockFileOf(paper)), formatClaimsLock(lock));
  console.log(`${lockFileOf(paper)} is written: ${lines.length} of ${known.length} verdicts`);
  return lines;
};

/**
 * Records verdicts as they are now.
 *
 * @param ids claims, or `all`
 * @throws NothingToAccept, NotLocked, UnknownClaim
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
  for (const id of paperIds(root)) requireLocked(await loadPaper(root, id, options));
  return (await buildResults(root, options)).flatMap((computed) => acceptFor(root, computed, ids));
};
