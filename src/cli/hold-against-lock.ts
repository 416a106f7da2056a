import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type ClaimsLock, checkClaimsLock, readClaimsLock } from '../claims/claims-lock.ts';
import type { SourcePosition } from '../engine/stage/index.ts';
import type { ComputedPaper } from './compute-paper.ts';
import type { Paper } from './load-paper.ts';

export const lockFileOf = ({ id }: Paper): string => `content/${id}/claims.lock.json`;

/** The verdicts that a paper's author accepted: none before the first time. */
export const acceptedOfPaper = (root: string, paper: Paper): ClaimsLock => {
  const file = lockFileOf(paper);
  const path = join(root, file);
  return existsSync(path) ? readClaimsLock(readFileSync(path, 'utf8'), file) : { claims: {} };
};

/** Holds a paper against its lock, where its profile is locked; prints what wavers. @throws as checkClaimsLock */
export const holdAgainstLock = (
  root: string,
  { paper, data }: ComputedPaper,
  sentences: ReadonlyMap<string, SourcePosition>,
): void => {
  if (!paper.pipeline.locked) return;
  const warnings = checkClaimsLock(data, acceptedOfPaper(root, paper), {
    lockFile: lockFileOf(paper),
    claimsFile: paper.claimsFile,
    sentences,
    acceptCommand: `npm run paper -- accept --paper ${paper.id} --profile ${paper.profile}`,
  });
  for (const warning of warnings) console.log(warning);
};
