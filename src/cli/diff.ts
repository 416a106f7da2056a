import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { readClaimsLock } from '../claims/claims-lock.ts';
import { compareValues, type ValueChange } from '../diff/compare-values.ts';
import { diffMarkdown, diffText, type PaperDiff } from '../diff/diff-text.ts';
import { type DisplayedPaper, readDisplayed } from '../diff/displayed-values.ts';
import {
  formatValuesLock,
  lockOf,
  readValuesLock,
  type ValuesLock,
  valuesLockFile,
} from '../diff/values-lock.ts';
import { pipelineStatus } from '../engine/index.ts';
import { PaperError } from '../engine/stage/index.ts';
import { placesOfPaper } from '../site/paper-places.ts';
import { gitIn } from './git-in.ts';
import type { Paper } from './load-paper.ts';
import { type BuildOptions, loadPapers } from './load-papers.ts';
import { mistakeIn } from './mistake-in.ts';
import { readOrigin } from './read-origin.ts';
import { reportError } from './report-error.ts';
import { editedSince } from './site-key.ts';
import { createWorkshop } from './workshop.ts';
import { withAccepted, writeAccepted } from './write-accepted.ts';

/** @throws UnknownRevision */
const requireRevision = (root: string, revision: string): void => {
  try {
    gitIn(root)('rev-parse', '--verify', '--quiet', `${revision}^{commit}`);
  } catch (cause) {
    throw new PaperError('UnknownRevision', `git knows no revision '${revision}'.`, {
      hint: 'name a commit, a tag or a branch: `npm run paper -- diff --against main`.',
      cause,
    });
  }
};

/** A file of a revision; undefined where it has none. */
const fileAt = (root: string, revision: string | undefined, file: string): string | undefined => {
  if (revision === undefined) {
    const path = join(root, file);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  }
  try {
    return gitIn(root)('show', `${revision}:./${file}`);
  } catch {
    return undefined;
  }
};

const nothingAccepted: ValuesLock = { values: new Map(), figures: new Map() };

/** Where a change is named in the text: `file:line:column`. */
const placesOf = (root: string, paper: string): ((change: ValueChange) => string | null) => {
  const places = placesOfPaper(root, paper);
  return ({ kind, id, place }) => {
    const named = (component: string, of: string) =>
      places.find((candidate) => candidate.component === component && candidate.id === of);
    const found = {
      verdict: () => named('Claim', id),
      figure: () => named('Figure', id),
      table: () => named('ResultTable', place),
      sentence: () => named('Value', id) ?? named('ResultTable', place),
    }[kind]();
    return found ? `${found.file}:${found.line}:${found.column}` : null;
  };
};

/** The built pages, if they are of today: others say nothing of what a build displays. @throws NothingBuilt, BuiltOtherwise, BuiltBefore */
const readCurrent = async (root: string, paper: Paper): Promise<DisplayedPaper> => {
  const displayed = readDisplayed(join(root, 'dist', paper.id));
  const { profile, backend, keys } = displayed.built;
  const hint = `build first: \`npm run build -- --paper ${paper.id} --profile ${paper.profile}\`; what is displayed is read back from dist.`;
  if (profile !== paper.profile) {
    throw new PaperError('BuiltOtherwise', `dist holds another profile of ${paper.id}.`, {
      details: [`expected '${paper.profile}'; received '${profile}'`],
      hint,
    });
  }
  const builtBefore = (why: string): PaperError =>
    new PaperError('BuiltBefore', `the pages in dist are not of today's code and inputs.`, {
      details: [why],
      hint,
    });
  const workshop = createWorkshop(root, backend);
  try {
    for (const { name, state, reason, keys: ofToday } of await pipelineStatus(workshop, paper.pipeline)) {
      if (state === 'fresh' && ofToday[0] === keys.get(name)) continue;
      throw builtBefore(`'${name}': ${state === 'fresh' ? 'it ran again since they were built' : reason}`);
    }
  } finally {
    workshop.reporter.close();
  }
  const edited = editedSince(root, paper.id);
  if (edited !== undefined) throw builtBefore(`${edited} was edited since they were built`);
  return displayed;
};

/** @param displayed what dist displays of the paper; read back from it unless given */
const diffOf = async (
  root: string,
  paper: Paper,
  revision: string | undefined,
  displayed?: DisplayedPaper,
): Promise<PaperDiff> => {
  const { id, profile } = paper;
  if (!paper.pipeline.locked) return { paper: id, profile, against: null, changes: [], crossings: [] };
  const file = valuesLockFile(id);
  const text = fileAt(root, revision, file);
  const claims = fileAt(root, revision, `content/${id}/claims.lock.json`);
  const verdicts = claims ? readClaimsLock(claims, 'claims.lock.json').claims : {};
  const { changes, crossings } = compareValues(
    displayed ?? (await readCurrent(root, paper)),
    text === undefined ? nothingAccepted : readValuesLock(text, file),
    new Map(Object.entries(verdicts).map(([claim, { verdict }]) => [claim, verdict])),
  );
  const at = placesOf(root, id);
  return {
    paper: id,
    profile,
    against: revision ?? (text === undefined ? 'nothing accepted yet' : 'what was accepted'),
    changes: changes.map((change) => ({ ...change, at: at(change) })),
    crossings: crossings.map((change) => ({ ...change, at: at(change) })),
  };
};

const diffsOf = async (
  root: string,
  options: BuildOptions,
  revision: string | undefined,
): Promise<readonly PaperDiff[]> => {
  const diffs: PaperDiff[] = [];
  for (const paper of await loadPapers(root, options)) diffs.push(await diffOf(root, paper, revision));
  return diffs;
};

/**
 * What the built pages display, against what was accepted last or at a revision. Only what is computed from committed
 * weights is compared: what a build trains differs from machine to machine.
 *
 * Tells ValuesChanged, and makes the exit code 1, when something changed.
 *
 * @throws NothingBuilt, BuiltOtherwise, BuiltBefore, UnknownRevision, BadValuesLock
 */
export const diff = async (
  root: string,
  { against, markdown, ...options }: BuildOptions,
): Promise<readonly PaperDiff[]> => {
  if (against !== undefined) requireRevision(root, against);
  const diffs = await diffsOf(root, options, against);
  console.log(markdown === undefined ? diffText(diffs) : diffMarkdown(diffs));
  const changed = diffs.filter(({ changes }) => changes.length > 0);
  // Told, and not thrown: what changed is what this command is asked for, as JSON too.
  if (changed.length > 0 && against === undefined) {
    const papers = ` --paper ${changed.map(({ paper }) => paper).join(',')}`;
    const profile = options.profile === undefined ? '' : ` --profile ${options.profile}`;
    await reportError(
      new PaperError('ValuesChanged', 'the pages display other values than were accepted.', {
        details: changed.map(({ paper, changes }) => `${paper}: ${changes.length} changed`),
        hint: `look at each above; if they are right, \`npm run paper -- accept --values${papers}${profile}\`.`,
      }),
    );
  }
  if (changed.length > 0) process.exitCode = 1;
  return diffs;
};

/** What was recorded, and how many of the displayed values were others than before. */
export interface AcceptedValues {
  readonly paper: string;
  readonly displayed: number;
  readonly changed: number;
}

/**
 * What papers display. All of them are built, into dist; some of them are read where dist has them as they are now, and are
 * rendered aside otherwise: a site of theirs would take the others' pages away.
 */
const displayedNow = async (
  root: string,
  options: BuildOptions,
  papers: readonly Paper[],
): Promise<readonly DisplayedPaper[]> => {
  const current = () => Promise.all(papers.map((paper) => readCurrent(root, paper)));
  if (options.paper === undefined) await (await import('./build-site.ts')).buildSite(root, options);
  const displayed = await mistakeIn(current);
  if (!(displayed instanceof PaperError)) return displayed;
  if (options.paper === undefined) throw displayed;
  const computed = await (await import('./build-results.ts')).buildResults(root, options);
  const { renderAside } = await import('./render-site.ts');
  return renderAside(root, computed, { origin: readOrigin(root) }, async ({ made }) =>
    papers.map(({ id }) => readDisplayed(join(made, id))),
  );
};

/**
 * Records what the pages display, so that later builds are held to it: as it is now, since what lies in dist may be of
 * another profile, or of before.
 *
 * @throws NothingLocked, or what the build throws
 */
export const acceptValues = async (
  root: string,
  options: BuildOptions,
): Promise<readonly AcceptedValues[]> => {
  const papers = await loadPapers(root, options);
  const locked = papers.filter(({ pipeline }) => pipeline.locked);
  if (locked.length === 0) {
    throw new PaperError('NothingLocked', 'no paper has values to accept in this profile.', {
      details: papers.map(({ id, profile }) => `${id}: profile '${profile}' is trained in the build`),
      hint: 'accept the values of a profile that is computed from committed weights.',
    });
  }
  // Read once: another build may put its dist in place at any time.
  const shown = await displayedNow(root, options, locked);
  return withAccepted(root, async () => {
    const accepted: AcceptedValues[] = [];
    for (const [at, paper] of locked.entries()) {
      const displayed = shown[at]!;
      const { changes } = await diffOf(root, paper, undefined, displayed);
      writeAccepted(root, valuesLockFile(paper.id), formatValuesLock(lockOf(displayed)));
      accepted.push({ paper: paper.id, displayed: displayed.values.size, changed: changes.length });
      console.log(
        `${valuesLockFile(paper.id)} is written: ${displayed.values.size} displayed values, and ${changes.length} changes, of verdicts and figures too`,
      );
    }
    return accepted;
  });
};
