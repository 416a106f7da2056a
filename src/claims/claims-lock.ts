/**
 * The claims lock: the verdicts that an author has accepted, in a file beside the paper. It binds where results
 * are computed from committed weights, so that a verdict never turns unnoticed.
 */

import { z } from 'zod';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { formatValue } from '../results/format-value.ts';
import { ownOf } from '../results/own-of.ts';
import type { ClaimResult, PaperData } from '../results/paper-data.ts';
import { readLock } from '../results/read-lock.ts';
import { idSchema } from '../results/result-schema.ts';

const acceptedSchema = z.strictObject({
  verdict: z.enum(['holds', 'fails', 'undecided']),
  /** To three digits: what else differs from machine to machine is no news. */
  margin: z.number(),
  unit: z.string(),
});

/** `claims.lock.json` */
const claimsLockSchema = z.strictObject({ claims: z.record(idSchema, acceptedSchema) });

type Accepted = z.output<typeof acceptedSchema>;
export type ClaimsLock = z.output<typeof claimsLockSchema>;

/** @throws BadClaimsLock with line and column */
export const readClaimsLock = (text: string, file: string): ClaimsLock =>
  readLock(claimsLockSchema, text, file, {
    error: 'BadClaimsLock',
    holds: 'accepted verdicts',
    command: 'npm run paper -- accept',
  });

/** The same lock gives the same bytes: claims in the order of their ids. */
export const formatClaimsLock = ({ claims }: ClaimsLock): string => {
  const sorted = Object.fromEntries(Object.entries(claims).toSorted(([a], [b]) => (a < b ? -1 : 1)));
  return `${JSON.stringify({ claims: sorted }, null, 2)}\n`;
};

const recorded = (margin: number): number => Number(margin.toPrecision(3));

const acceptedOf = ({ verdict, margin, unit }: ClaimResult): Accepted => ({
  verdict,
  margin: recorded(margin),
  unit,
});

/** `holds (+2.31 null sd)`: the same text before a verdict is recorded and after. */
export const verdictText = ({ verdict, margin, unit }: Accepted): string =>
  `${verdict} (${formatValue(recorded(margin), { style: 'signed', digits: 2 })} ${unit})`;

/** How the lock and a build are named to an author. */
export interface LockPlace {
  /** `content/<paper>/claims.lock.json` */
  readonly lockFile: string;
  /** Where a claim without a sentence is found. */
  readonly claimsFile: string;
  /** Claim id -> where its sentence begins. */
  readonly sentences: ReadonlyMap<string, SourcePosition>;
  /** The command that accepts verdicts of this profile. */
  readonly acceptCommand: string;
}

/** The claim's sentence, and what its verdict was read from. */
const originOf = (data: PaperData, id: string, { claimsFile, sentences }: LockPlace): string => {
  const { file, line } = sentences.get(id) ?? { file: claimsFile };
  const read = data.claims[id]!.reads.map((result) => {
    const { key } = (ownOf(data.tables, result) ?? ownOf(data.values, result))!;
    return `${result}.json (key ${key.slice(0, 8)})`;
  });
  return `${line === undefined ? file : `${file}:${line}`} <- ${read.join(', ')}`;
};

const nowWords = { holds: 'holds', fails: 'does not hold', undecided: 'is undecided' } as const;

const turned = (id: string, before: Accepted, now: ClaimResult): string =>
  `"${id}" was recorded as ${before.verdict}, and now ${nowWords[now.verdict]}.`;

/** What was accepted, and what decides now. */
const comparison = (before: Accepted, now: ClaimResult): readonly string[] => [
  `expected ${verdictText(before)}: ${now.predicate}`,
  `received ${verdictText(now)}: ${now.evidence}`,
];

const listed = (ids: readonly string[]): string => ids.join(' ');

const flipped = (
  data: PaperData,
  pairs: readonly (readonly [string, Accepted])[],
  place: LockPlace,
): PaperError => {
  const ids = pairs.map(([id]) => id);
  const one = pairs.length === 1;
  return new PaperError(
    'ClaimFlipped',
    one
      ? turned(pairs[0]![0], pairs[0]![1], data.claims[ids[0]!]!)
      : `${pairs.length} claims have turned from the verdict that was recorded.`,
    {
      details: pairs.flatMap(([id, before]) => [
        ...(one ? [] : [turned(id, before, data.claims[id]!)]),
        originOf(data, id, place),
        ...comparison(before, data.claims[id]!),
      ]),
      hint: `reword the sentence${one ? '' : 's'} and run \`${place.acceptCommand} ${listed(ids)}\`.`,
    },
  );
};

const unrecorded = (data: PaperData, ids: readonly string[], place: LockPlace): PaperError =>
  new PaperError(
    'ClaimNotAccepted',
    ids.length === 1
      ? `"${ids[0]}" has no recorded verdict.`
      : `${ids.length} claims have no recorded verdict.`,
    {
      where: { file: place.lockFile },
      details: ids.map((id) => `${originOf(data, id, place)}: ${id} ${verdictText(data.claims[id]!)}`),
      hint: `read the sentence beside its verdict, then run \`${place.acceptCommand} ${listed(ids)}\`.`,
    },
  );

/**
 * Holds a build against the verdicts that were accepted.
 *
 * @returns warnings: claims that became undecided, or decided, since
 * @throws ClaimFlipped, ClaimNotAccepted, LockedClaimGone
 */
export const checkClaimsLock = (data: PaperData, lock: ClaimsLock, place: LockPlace): readonly string[] => {
  const entries = Object.entries(lock.claims);
  const gone = entries.map(([id]) => id).filter((id) => !Object.hasOwn(data.claims, id));
  if (gone.length > 0) {
    throw new PaperError('LockedClaimGone', `no claim is named ${gone.map((id) => `"${id}"`).join(', ')}.`, {
      where: { file: place.lockFile },
      details: ['the lock records a verdict for it'],
      hint: `bring the claim back to ${place.claimsFile}, or drop its record by \`${place.acceptCommand} ${listed(gone)}\`.`,
    });
  }
  const missing = Object.keys(data.claims).filter((id) => !Object.hasOwn(lock.claims, id));
  if (missing.length > 0) throw unrecorded(data, missing, place);
  const changed = entries.filter(([id, { verdict }]) => data.claims[id]!.verdict !== verdict);
  const wavers = ([id, { verdict }]: (typeof changed)[number]): boolean =>
    verdict === 'undecided' || data.claims[id]!.verdict === 'undecided';
  const flips = changed.filter((entry) => !wavers(entry));
  if (flips.length > 0) throw flipped(data, flips, place);
  return changed.map(([id, before]) =>
    [
      `warning: ${turned(id, before, data.claims[id]!)}`,
      originOf(data, id, place),
      ...comparison(before, data.claims[id]!),
      `to record it: ${place.acceptCommand} ${id}`,
    ].join('\n  '),
  );
};

/** A lock with some verdicts replaced by those of now, and a line for each. */
export const acceptClaims = (
  data: PaperData,
  lock: ClaimsLock,
  ids: readonly string[],
): { readonly lock: ClaimsLock; readonly lines: readonly string[] } => {
  const claims = { ...lock.claims };
  const lines: string[] = [];
  for (const id of ids) {
    const [before, now] = [ownOf(lock.claims, id), ownOf(data.claims, id)];
    if (now) claims[id] = acceptedOf(now);
    else delete claims[id];
    lines.push(`${id}: ${before ? verdictText(before) : 'new'} -> ${now ? verdictText(now) : 'dropped'}`);
  }
  return { lock: { claims }, lines };
};
