import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareValues, type ValueChange, type ValueChanges } from '../diff/compare-values.ts';
import { readDisplayed } from '../diff/displayed-values.ts';
import { formatValuesLock, lockOf, readValuesLock, type ValuesLock } from '../diff/values-lock.ts';
import { PaperError } from '../engine/stage/index.ts';
import { readClaimsLock } from '../results/claims-lock.ts';
import { type BuildOptions, loadPaper } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';
import { reportError } from './report-error.ts';

/** A paper's differences to what was accepted. */
export interface PaperDiff extends ValueChanges {
  readonly paper: string;
  readonly against: string;
}

export const valuesLockFile = (paper: string): string => `content/${paper}/values.lock.json`;

/** A file of a revision; undefined where it has none. @throws UnknownRevision */
const fileAt = (root: string, revision: string | undefined, file: string): string | undefined => {
  if (revision === undefined) {
    const path = join(root, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }
  const git = (...words: readonly string[]): string =>
    execFileSync('git', words, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
  try {
    git('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  } catch (cause) {
    throw new PaperError('UnknownRevision', `git knows no revision '${revision}'.`, {
      hint: 'name a commit, a tag or a branch: `npm run paper -- diff --against main`.',
      cause,
    });
  }
  try {
    return git('show', `${revision}:${file}`);
  } catch {
    return undefined;
  }
};

const nothingAccepted: ValuesLock = { values: new Map(), figures: new Map() };

const diffOf = (root: string, paper: string, revision: string | undefined): PaperDiff => {
  const file = valuesLockFile(paper);
  const text = fileAt(root, revision, file);
  const claims = fileAt(root, revision, `content/${paper}/claims.lock.json`);
  const verdicts = claims ? readClaimsLock(claims, 'claims.lock.json').claims : {};
  const changes = compareValues(
    readDisplayed(join(root, 'dist', paper)),
    text === undefined ? nothingAccepted : readValuesLock(text, file),
    new Map(Object.entries(verdicts).map(([id, { verdict }]) => [id, verdict])),
  );
  return {
    paper,
    against: revision ?? (text === undefined ? 'nothing accepted yet' : 'what was accepted'),
    ...changes,
  };
};

const lineOf = ({ kind, id, place, before, after }: ValueChange): string =>
  `  ${kind} ${id}: ${before ?? 'new'} -> ${after ?? 'gone'}${kind === 'sentence' ? `   “${place}”` : ''}`;

const mostLines = 50;

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

/** What a pull request shows. */
export const diffMarkdown = (diffs: readonly PaperDiff[]): string =>
  diffs
    .map(({ paper, against, changes, crossings }) =>
      [
        `### ${paper}: ${changes.length === 0 ? 'no displayed value changed' : `${changes.length} displayed values changed`}`,
        `against ${against}`,
        ...(changes.length === 0
          ? []
          : [
              '',
              '| where | what | before | after |',
              '|---|---|---|---|',
              ...changes
                .slice(0, mostLines)
                .map(
                  ({ kind, id, place, before, after }) =>
                    `| ${kind}${kind === 'sentence' ? `: ${cell(place)}` : ''} | \`${id}\` | ${cell(before ?? 'new')} | ${cell(after ?? 'gone')} |`,
                ),
              ...(changes.length > mostLines ? ['', `and ${changes.length - mostLines} more`] : []),
            ]),
        ...(crossings.length > 0
          ? [
              '',
              `${crossings.length} printed digits crossed a boundary of rounding by noise alone, and are no change.`,
            ]
          : []),
      ].join('\n'),
    )
    .join('\n\n');

const diffText = (diffs: readonly PaperDiff[]): string =>
  diffs
    .flatMap(({ paper, against, changes, crossings }) => [
      `${paper}: ${changes.length} displayed values changed, against ${against}`,
      ...changes.slice(0, mostLines).map(lineOf),
      ...(changes.length > mostLines ? [`  and ${changes.length - mostLines} more`] : []),
      ...(crossings.length > 0
        ? [
            `  ${crossings.length} more crossed a boundary of rounding by noise alone`,
            ...crossings.map((line) => `  ${lineOf(line)}`),
          ]
        : []),
    ])
    .join('\n');

/** Papers whose profile is computed from committed weights: what others display differs from machine to machine. */
const lockedPapers = async (root: string, options: BuildOptions): Promise<readonly string[]> => {
  const locked: string[] = [];
  for (const id of paperIds(root)) {
    if ((await loadPaper(root, id, options)).pipeline.locked) locked.push(id);
  }
  return locked;
};

/**
 * What the built pages display, against what was accepted last or at a revision.
 *
 * Tells ValuesChanged, and makes the exit code 1, when something changed.
 *
 * @throws NothingBuilt, UnknownRevision, BadValuesLock
 */
export const diff = async (root: string, options: BuildOptions): Promise<readonly PaperDiff[]> => {
  const diffs = (await lockedPapers(root, options)).map((paper) => diffOf(root, paper, options['against']));
  if (options['markdown']) console.log(diffMarkdown(diffs));
  else console.log(diffText(diffs));
  const changed = diffs.filter(({ changes }) => changes.length > 0);
  // Told, and not thrown: what changed is what this command is asked for, as JSON too.
  if (changed.length > 0 && options['against'] === undefined) {
    reportError(
      new PaperError('ValuesChanged', 'the pages display other values than were accepted.', {
        details: changed.map(({ paper, changes }) => `${paper}: ${changes.length} changed`),
        hint: 'look at each above; if they are right, `npm run paper -- accept --values`.',
      }),
    );
  }
  if (changed.length > 0) process.exitCode = 1;
  return diffs;
};

/** Records what the built pages display now, so that later builds are held to it. @throws NothingBuilt */
export const acceptValues = async (root: string, options: BuildOptions): Promise<void> => {
  for (const paper of await lockedPapers(root, options)) {
    const { changes } = diffOf(root, paper, undefined);
    const displayed = readDisplayed(join(root, 'dist', paper));
    writeFileSync(join(root, valuesLockFile(paper)), formatValuesLock(lockOf(displayed)));
    console.log(
      `${valuesLockFile(paper)} is written: ${changes.length} of ${displayed.values.size} displayed values changed`,
    );
  }
};
