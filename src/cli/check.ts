/** `check`: what a build would refuse, as far as it can be told without running a stage. */
import { formatError, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import type { PageOutline } from '../site/page-faults.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { figureFaults } from './check-figures.ts';
import { recomputationFaults, renderedFaults } from './check-pages.ts';
import { type CheckedPaper, checkPaper } from './check-paper.ts';
import { styleFaults } from './check-style.ts';
import { typeFaults } from './check-types.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { askedPapers, type BuildOptions, loadPapers } from './load-papers.ts';
import { mistakeIn } from './mistake-in.ts';
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
  readonly computed: readonly ComputedPaper[];
}

const textFaults = async (
  root: string,
  sources: SourceDigests,
  options: BuildOptions,
): Promise<CheckedTexts> => {
  const papers = await mistakeIn(() => loadPapers(root, options));
  if (papers instanceof PaperError)
    return { errors: [papers], warnings: [], unchecked: {}, computed: [], outlines: {} };
  const workshop = createWorkshop(root, options['backend']);
  try {
    const errors: PaperError[] = [];
    const warnings: PaperError[] = [];
    const computed: ComputedPaper[] = [];
    const unchecked: Record<string, readonly string[]> = {};
    const outlines: Record<string, PageOutline> = {};
    for (const paper of papers) {
      const found = await mistakeIn(() => checkPaper(root, sources, workshop, paper));
      if (found instanceof PaperError) {
        errors.push(found);
        continue;
      }
      errors.push(...found.errors);
      warnings.push(...found.warnings);
      Object.assign(outlines, found.outlines);
      if (found.computed) computed.push(found.computed);
      if (found.waiting.length > 0) unchecked[paper.id] = found.waiting;
    }
    return { errors, warnings, unchecked, computed, outlines };
  } finally {
    workshop.reporter.close();
  }
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
  const { errors, warnings, unchecked, computed, outlines } = await textFaults(root, sources, options);
  // Types after the texts, which say what results are called.
  const pageFaults = async (): Promise<readonly PaperError[]> => {
    if (errors.length > 0) return [];
    const figures = (await Promise.all(computed.map((one) => figureFaults(root, sources, one)))).flat();
    // Pages link to those of other papers: they are rendered together, or not at all.
    const pages =
      computed.length === papers.length
        ? renderedFaults(root, sources, computed, outlines)
        : recomputationFaults(root, computed);
    return [...figures, ...(await pages)];
  };
  const [types, faults] = await Promise.all([typeFaults(root, papers), pageFaults()]);
  const wrong = [
    ...(origin instanceof PaperError ? [origin] : []),
    ...errors,
    ...faults,
    ...types,
    ...(await style),
  ];
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
