import { pipelineStatus } from '../engine/index.ts';
import type { PaperError } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import type { ClaimResult, PaperData } from '../results/paper-data.ts';
import { findPageFaults } from '../site/page-faults.ts';
import { createSiteBuild } from '../site/site-build.ts';
import { type ComputedPaper, computePaper } from './compute-paper.ts';
import { dataOfToday } from './known-ids.ts';
import type { Paper } from './load-paper.ts';
import { unnamedResults } from './unnamed-results.ts';
import type { ProjectWorkshop } from './workshop.ts';
import { writeResultTypes } from './write-result-types.ts';

/** What one paper's text says that is wrong; `computed` where all of its results are known. */
export interface CheckedPaper {
  readonly errors: readonly PaperError[];
  readonly warnings: readonly PaperError[];
  readonly computed: ComputedPaper | undefined;
  readonly waiting: readonly string[];
}

/** Stands for a claim that cannot be judged yet, so that its name is known. */
const unjudged: ClaimResult = {
  predicate: '',
  evidence: '',
  margin: 0,
  unit: '',
  noise: 0,
  verdict: 'undecided',
  power: null,
  readings: [],
  reported: [],
  original: null,
  reads: [],
  key: '',
};

/** Faults that are none where the results they rest on are not known. */
const dependsOnResults = ({ name, message }: PaperError, { tables, values }: PaperData): boolean => {
  if (['FalseSentence', 'MissingSentence', 'MissingWord', 'UnknownReported'].includes(name)) return true;
  if (!['UnknownValue', 'UnknownTable'].includes(name)) return false;
  const [result = ''] = /'([^']*)'/.exec(message)?.[1]?.split('.') ?? [];
  return !Object.hasOwn(tables, result) && !Object.hasOwn(values, result);
};

/** @throws what the paper's own files throw */
export const checkPaper = async (
  root: string,
  workshop: ProjectWorkshop,
  paper: Paper,
): Promise<CheckedPaper> => {
  const statuses = await pipelineStatus(workshop, paper.pipeline);
  const waiting = statuses.filter(({ state }) => state !== 'fresh').map(({ name }) => name);
  // Where all is up to date nothing runs.
  const computed = waiting.length === 0 ? await computePaper(workshop, paper) : undefined;
  const { data: known, whole } = computed
    ? { data: computed.data, whole: true }
    : await dataOfToday(workshop, paper, new Map(statuses.map((status) => [status.name, status])));
  writeResultTypes(root, paper, known, whole);
  const data = whole
    ? known
    : { ...known, claims: Object.fromEntries(Object.keys(paper.claims).map((id) => [id, unjudged])) };
  const figures = Object.fromEntries(paper.figures.map(({ id }) => [id, {} as DrawnFigure]));
  const { faults, places } = await findPageFaults(
    root,
    createSiteBuild([{ data, figures, downloads: [], stages: {} }]),
    paper.id,
  );
  return {
    errors: whole ? faults : faults.filter((fault) => !dependsOnResults(fault, data)),
    warnings: unnamedResults(paper, data, places),
    computed,
    waiting,
  };
};
