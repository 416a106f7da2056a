/** What a check knows of a paper's results: it runs nothing, and what is wrong with one of them hides no other. */
import { lookAtPipeline, stageMistakes, useStore } from '../engine/index.ts';
import { formatError, PaperError } from '../engine/stage/index.ts';
import { assessClaims } from '../results/assess-claims.ts';
import type { ClaimResult, PaperData } from '../results/paper-data.ts';
import { noPresentation, requirePresented } from '../results/presentation.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { assembleComputed } from './compute-paper.ts';
import { type DataOfToday, dataOfToday } from './known-ids.ts';
import type { Paper } from './load-paper.ts';
import { mistakeIn } from './mistake-in.ts';
import type { ProjectWorkshop } from './workshop.ts';

export interface KnownResults {
  readonly data: PaperData;
  /** Where all results are known, and how they are shown. */
  readonly computed: ComputedPaper | undefined;
  /** Whether all results are known. */
  readonly isWhole: boolean;
  /** Whether the verdicts of all claims are. */
  readonly isJudged: boolean;
  /** Names of stages that are not up to date. */
  readonly waiting: readonly string[];
  readonly errors: readonly PaperError[];
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
  cells: [],
  key: '',
};

type Statuses = Parameters<typeof dataOfToday>[2];

/** Results without what is said of them: as they are shown, or plainly, or none. */
const bareResults = async (workshop: ProjectWorkshop, paper: Paper, statuses: Statuses) => {
  const errors: PaperError[] = [];
  for (const presentation of [paper.presentation, noPresentation]) {
    const bare = { ...paper, claims: {}, presentation };
    const found = await mistakeIn(() => dataOfToday(workshop, bare, statuses));
    if (!(found instanceof PaperError)) return { found, errors };
    errors.push(found);
  }
  const found: DataOfToday = {
    ...(await dataOfToday(workshop, { ...paper, claims: {} }, new Map())),
    whole: false,
  };
  return { found, errors };
};

/** Each claim by itself: one that cannot be judged hides no other. */
const judgeEach = async (
  { claims, claimsFile, placeOfClaim, reported }: Paper,
  { tables, values }: PaperData,
) => {
  const judged: Record<string, ClaimResult> = {};
  const errors: PaperError[] = [];
  for (const [id, claim] of Object.entries(claims)) {
    const found = await mistakeIn(async () =>
      assessClaims({ [id]: claim }, tables, values, reported, claimsFile, placeOfClaim),
    );
    if (found instanceof PaperError) errors.push(found);
    else Object.assign(judged, found);
  }
  return { judged, errors };
};

const toldOnce = (errors: readonly PaperError[]): readonly PaperError[] => [
  ...new Map(errors.map((error) => [formatError(error), error])).values(),
];

/** What the results say of which something is wrong, or which are not all up to date. */
const resultsInParts = async (
  workshop: ProjectWorkshop,
  paper: Paper,
  statuses: Statuses,
): Promise<Omit<KnownResults, 'waiting' | 'computed'>> => {
  const { found, errors } = await bareResults(workshop, paper, statuses);
  const { data, whole } = found;
  const claims = whole ? await judgeEach(paper, data) : { judged: {}, errors: [] };
  const shown = await mistakeIn(async () =>
    whole ? requirePresented(paper.presentation, data, paper.presentationFile, paper.placeOfKey) : undefined,
  );
  const all = [...errors, ...claims.errors, ...(shown instanceof PaperError ? [shown] : [])];
  const ids = Object.keys(paper.claims);
  return {
    data: {
      ...data,
      claims: { ...Object.fromEntries(ids.map((id) => [id, unjudged])), ...claims.judged },
    },
    isWhole: whole,
    isJudged: Object.keys(claims.judged).length === ids.length,
    errors: toldOnce(all),
  };
};

export const knownResults = async (workshop: ProjectWorkshop, paper: Paper): Promise<KnownResults> => {
  const { pipeline } = paper;
  await useStore(workshop.store.folder, workshop.reporter.say);
  const look = await mistakeIn(() => lookAtPipeline(workshop, pipeline));
  if (look instanceof PaperError) {
    const parts = await resultsInParts(workshop, paper, new Map());
    const errors = toldOnce(await stageMistakes(workshop, pipeline, look));
    return { ...parts, errors, isWhole: false, isJudged: false, computed: undefined, waiting: [] };
  }
  const { statuses, finished } = look;
  const waiting = statuses.filter(({ state }) => state !== 'fresh').map(({ name }) => name);
  const whole =
    waiting.length === 0 ? await mistakeIn(() => assembleComputed(workshop, paper, finished)) : undefined;
  if (whole && !(whole instanceof PaperError))
    return { data: whole.data, computed: whole, isWhole: true, isJudged: true, waiting, errors: [] };
  const parts = await resultsInParts(
    workshop,
    paper,
    new Map(statuses.map((status) => [status.name, status])),
  );
  return { ...parts, computed: undefined, waiting };
};
