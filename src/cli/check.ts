/** `check`: what a build would refuse, as far as it can be told without running a stage. */
import { formatError, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import type { PageOutline } from '../site/page-faults.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { figureFaults } from './check-figures.ts';
import { recomputationFaults, renderedFaults } from './check-pages.ts';
import { type CheckedPaper, checkPaper } from './check-paper.ts';
import { styleFaults } from './check-style.ts';
import { typeFaults } from './check-types.ts';
import { claimsOfOthers } from './claims-of-others.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { askedPapers, type BuildOptions, readPapers } from './load-papers.ts';
import { mistakeIn } from './mistake-in.ts';
import { onceTold } from './once-told.ts';
import { readOrigin } from './read-origin.ts';
import { type SourceDigests, sourceDigests } from './site-key.ts';
import { createWorkshop } from './workshop.ts';

/** One thing that was found, as `--json` tells it. */
export interface Finding {
  /** A build refuses errors; it takes warnings. */
  readonly severity: 'error' | 'warning';
  readonly name: string;
  readonly message: string;
  readonly details: readonly string[];
  readonly hint: string;
  readonly where: SourcePosition | null;
}

export interface Checked {
  readonly papers: readonly string[];
  readonly findings: readonly Finding[];
  /** Stages whose results are not up to date, by paper: names of theirs are not known. */
  readonly unchecked: Readonly<Record<string, readonly string[]>>;
}

interface CheckedTexts
  extends Pick<CheckedPaper, 'errors' | 'warnings' | 'outlines'>,
    Pick<Checked, 'unchecked'> {
  /** Papers whose results are all known. */
  readonly computed: readonly ComputedPaper[];
  /** Those of them whose texts are without a mistake: they can be rendered. */
  readonly clean: readonly ComputedPaper[];
}

const textFaults = async (
  root: string,
  sources: SourceDigests,
  options: BuildOptions,
): Promise<CheckedTexts> => {
  const errors: PaperError[] = [];
  const warnings: PaperError[] = [];
  const computed: ComputedPaper[] = [];
  const clean: ComputedPaper[] = [];
  const unchecked: Record<string, readonly string[]> = {};
  const outlines: Record<string, PageOutline> = {};
  const told = { errors, warnings, unchecked, computed, clean, outlines };
  const papers = await mistakeIn(() => readPapers(root, options));
  if (papers instanceof PaperError) return { ...told, errors: [papers] };
  const workshop = createWorkshop(root, options['backend']);
  try {
    for (const paper of papers) {
      const found = await checkPaper(root, sources, workshop, paper);
      errors.push(...found.errors);
      warnings.push(...found.warnings);
      Object.assign(outlines, found.outlines);
      if (found.computed) computed.push(found.computed);
      if (found.computed && found.errors.length === 0) clean.push(found.computed);
      if (paper.paper && found.waiting.length > 0) unchecked[paper.paper.id] = found.waiting;
    }
    return told;
  } finally {
    workshop.reporter.close();
  }
};

/** What shows in figures and pages alone: a paper with a mistake in its text is not rendered, and hides no other. */
const shownFaults = async (
  root: string,
  sources: SourceDigests,
  { computed, clean, outlines }: CheckedTexts,
): Promise<readonly PaperError[]> => {
  const figures = (await Promise.all(computed.map((one) => figureFaults(root, sources, one)))).flat();
  const ids = clean.map(({ paper }) => paper.id);
  const ofClean = Object.fromEntries(
    Object.entries(outlines).filter(([file]) => ids.some((id) => file.startsWith(`content/${id}/`))),
  );
  return [
    ...figures,
    ...(await recomputationFaults(
      root,
      computed.filter((one) => !clean.includes(one)),
    )),
    ...(clean.length > 0 ? await renderedFaults(root, sources, clean, ofClean) : []),
  ];
};

const findingOf =
  (severity: Finding['severity']) =>
  ({ name, message, details, hint, where }: PaperError): Finding => ({
    severity,
    name,
    message,
    details,
    hint,
    where: where ?? null,
  });

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? '' : 's'}`;

/**
 * Tells everything that a build would refuse and that shows without computing: types, lint, frontmatter, names, links,
 * sentences, digits, TeX, references; with warnings for what no page shows. Makes the exit code 1 when there are errors.
 *
 * @throws UnknownPaper, BadBase, BadOrigin
 */
export const check = async (root: string, options: BuildOptions): Promise<Checked> => {
  const startMs = performance.now();
  readSiteAddress();
  const papers = askedPapers(root, options);
  // Before anything of them is read: what is edited meanwhile is looked at again.
  const sources = sourceDigests(root);
  // A process of its own, which waits for nothing.
  const style = styleFaults(root, papers);
  const origin = await mistakeIn(async () => readOrigin(root));
  const texts = await textFaults(root, sources, options);
  const { errors, warnings, unchecked } = texts;
  // Types after the texts, which say what results are called.
  const [types, faults] = await Promise.all([typeFaults(root, papers), shownFaults(root, sources, texts)]);
  const wrong = onceTold([
    ...(origin instanceof PaperError ? [origin] : []),
    ...errors,
    ...faults,
    ...types,
    ...claimsOfOthers(root, papers),
    ...(await style),
  ]);
  for (const error of wrong) console.log(`${formatError(error)}\n`);
  for (const warning of warnings) console.log(`warning: ${formatError(warning)}\n`);
  for (const [paper, stages] of Object.entries(unchecked)) {
    console.log(
      `${paper}: ${counted(stages.length, 'stage')} not up to date, so that names of their results, figures and links were not followed: ${stages.slice(0, 3).join(', ')}${stages.length > 3 ? ', …' : ''}`,
    );
  }
  const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
  console.log(
    `${papers.join(', ')}: ${counted(wrong.length, 'error')}, ${counted(warnings.length, 'warning')}, in ${seconds} s`,
  );
  if (wrong.length > 0) process.exitCode = 1;
  return {
    papers,
    findings: [...wrong.map(findingOf('error')), ...warnings.map(findingOf('warning'))],
    unchecked,
  };
};
