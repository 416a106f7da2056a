import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { readClaimsLock } from '../claims/claims-lock.ts';
import { compareValues, type ValueChange } from '../diff/compare-values.ts';
import type { Displayed, DisplayedPaper } from '../diff/displayed-values.ts';
import type { PaperChanges } from '../diff/paper-changes.ts';
import { readValuesLock, type ValuesLock, valuesLockFile } from '../diff/values-lock.ts';
import { formatNamed } from '../results/format-value.ts';
import type { PaperData } from '../results/paper-data.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { gitIn } from './git-in.ts';
import { lockFileOf } from './hold-against-lock.ts';
import type { Paper } from './load-paper.ts';

/** What was accepted at some time. */
interface Accepted {
  readonly values: ValuesLock;
  readonly verdicts: ReadonlyMap<string, string>;
}

const filesOf = (paper: Paper) => [valuesLockFile(paper.id), lockFileOf(paper)] as const;

/** Reads a file of the project at some time; undefined where it was not there. */
type ReadAt = (file: string) => string | undefined;

const readerOfNow =
  (root: string): ReadAt =>
  (file) =>
    existsSync(join(root, file)) ? readFileSync(join(root, file), 'utf8') : undefined;

/** @throws BadValuesLock, BadClaimsLock */
const acceptedBy = (paper: Paper, read: ReadAt): Accepted => {
  const [valuesFile, claimsFile] = filesOf(paper);
  const [values, claims] = [read(valuesFile), read(claimsFile)];
  const verdicts = claims === undefined ? {} : readClaimsLock(claims, claimsFile).claims;
  return {
    values:
      values === undefined ? { values: new Map(), figures: new Map() } : readValuesLock(values, valuesFile),
    verdicts: new Map(Object.entries(verdicts).map(([claim, { verdict }]) => [claim, verdict])),
  };
};

/** What a paper's author accepted, as the project's files have it now. @throws BadValuesLock, BadClaimsLock */
const acceptedNow = (root: string, paper: Paper): Accepted => acceptedBy(paper, readerOfNow(root));

/** Reads the locks that a build reads, for their mistakes alone. @throws BadValuesLock, BadClaimsLock */
export const requireReadableLocks = (root: string, paper: Paper): void => void acceptedNow(root, paper);

const placeOf = ({ tables }: PaperData, id: string): Displayed['place'] => {
  const [table = ''] = id.split('.');
  return { kind: Object.hasOwn(tables, table) ? 'table' : 'sentence', text: table };
};

const displayedOf = (data: PaperData, { values, verdicts }: Accepted): Omit<DisplayedPaper, 'built'> => ({
  values: new Map(
    [...values.values].map(([id, shown]) => [
      id,
      { shown, named: data.values[id], place: placeOf(data, id) },
    ]),
  ),
  figures: values.figures,
  verdicts,
});

/** Numbers of now under the names that are accepted, and verdicts: what words a cell prints is not told here. */
const builtChanges = (data: PaperData, accepted: Accepted): readonly ValueChange[] => {
  const numbers = [...accepted.values.values].filter(([id]) => typeof data.values[id]?.value === 'number');
  const now = {
    values: new Map(
      numbers.map(([id]) => {
        const named = data.values[id]!;
        return [id, { shown: formatNamed(named), named, place: placeOf(data, id) }];
      }),
    ),
    figures: new Map(),
    verdicts: new Map(Object.entries(data.claims).map(([id, { verdict }]) => [id, verdict])),
  };
  const before = { values: new Map(numbers), figures: new Map() };
  return compareValues(now, before, accepted.verdicts).changes;
};

/**
 * Where the history of a clone ends below its HEAD, as git keeps it; empty where it is whole, or where there is none. With
 * the commit, the files of now and the results it decides what `changesOf` tells.
 */
export const historyEdge = (root: string): string => {
  try {
    const file = resolve(root, gitIn(root)('rev-parse', '--git-path', 'shallow').trim());
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
};

/**
 * What changed of what a paper displays: by the last acceptance, as git has it, and since. A clone without its history
 * tells nothing of the first.
 *
 * @throws BadValuesLock, BadClaimsLock for the files of now
 */
export const changesOf = (root: string, { data, paper }: ComputedPaper): PaperChanges => {
  const git = gitIn(root);
  const readNow = readerOfNow(root);
  const readAt =
    (revision: string): ReadAt =>
    (file) => {
      try {
        return git('show', `${revision}:./${file}`);
      } catch {
        return undefined;
      }
    };
  const now = acceptedNow(root, paper);
  const built = paper.pipeline.locked ? builtChanges(data, now) : null;
  const against = (revision: string, commit: string | null, date: string | null): PaperChanges => {
    const before = acceptedBy(paper, readAt(revision));
    const { changes } = compareValues(displayedOf(data, now), before.values, before.verdicts);
    return { accepted: { commit, date, changes }, built };
  };
  try {
    // Without any history it throws.
    git('rev-parse', '--verify', '--quiet', 'HEAD');
    const head = readAt('HEAD');
    if (filesOf(paper).some((file) => head(file) !== readNow(file))) return against('HEAD', null, null);
    const [commit, date, parent] = git('log', '-1', '--format=%H %cs %P', '--', ...filesOf(paper))
      .trim()
      .split(' ');
    // A first commit, or the edge of a shallow clone, has nothing before it.
    if (!commit || !parent || date === undefined) return { accepted: null, built };
    git('cat-file', '-e', `${parent}^{commit}`);
    return against(parent, commit, date);
  } catch {
    return { accepted: null, built };
  }
};
