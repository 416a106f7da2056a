import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf, lookAtPipeline, useStore } from '../engine/index.ts';
import { PaperError, sha256 } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import type { ClaimResult, PaperData } from '../results/paper-data.ts';
import { findPageFaults, type PageFaults } from '../site/page-faults.ts';
import { createSiteBuild } from '../site/site-build.ts';
import { requireReadableLocks } from './changes-of.ts';
import { assembleComputed, type ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { unofferedExplorations } from './given-paper.ts';
import { unlessKnown, unlessKnownClean } from './known-clean.ts';
import { dataOfToday } from './known-ids.ts';
import type { Paper } from './load-paper.ts';
import { mistakeIn } from './mistake-in.ts';
import { readersRun, type SourceDigests, sourcesAre } from './site-key.ts';
import { unnamedResults } from './unnamed-results.ts';
import type { ProjectWorkshop } from './workshop.ts';
import { writeResultTypes } from './write-result-types.ts';

/** What one paper's text says that is wrong; `computed` where all of its results are known. */
export interface CheckedPaper {
  readonly errors: readonly PaperError[];
  readonly warnings: readonly PaperError[];
  readonly computed: ComputedPaper | undefined;
  readonly outlines: PageFaults['outlines'];
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
  cells: [],
  key: '',
};

/** Faults that are none where the results they rest on are not known. */
const dependsOnResults = ({ name, message }: PaperError, { tables, values }: PaperData): boolean => {
  if (['FalseSentence', 'MissingSentence', 'MissingWord', 'UnknownReported'].includes(name)) return true;
  if (!['UnknownValue', 'UnknownTable'].includes(name)) return false;
  const [result = ''] = /'([^']*)'/.exec(message)?.[1]?.split('.') ?? [];
  return !Object.hasOwn(tables, result) && !Object.hasOwn(values, result);
};

/** What the compilation of a page tells besides its faults. */
const toldOfText = z.strictObject({
  places: z.array(
    z.strictObject({
      component: z.string(),
      id: z.string(),
      line: z.number(),
      column: z.number(),
      claim: z.string().nullable(),
      file: z.string(),
    }),
  ),
  outlines: z.record(
    z.string(),
    z.strictObject({
      shape: z.string(),
      anchors: z.array(z.string()).readonly(),
      path: z.string(),
      links: z
        .array(
          z.strictObject({
            href: z.string(),
            where: z.strictObject({
              file: z.string(),
              line: z.number().exactOptional(),
              column: z.number().exactOptional(),
            }),
          }),
        )
        .readonly(),
    }),
  ),
  shown: z.array(z.string()),
}) satisfies z.ZodType<Omit<PageFaults, 'faults'>>;

/**
 * What a build refuses of the locks and of what readers explore, whatever the results are. What they compute anew is named
 * by tables, whose stages only results tell: it is held against them where they are known.
 */
const faultsBesides = async (
  root: string,
  sources: SourceDigests,
  paper: Paper,
): Promise<readonly PaperError[]> => {
  const { id, pipeline } = paper;
  const locks = await mistakeIn(async () => requireReadableLocks(root, paper));
  const tool = Object.entries(sources).filter(([path]) => /^\/(src\/|experiments\/|package-lock)/.test(path));
  const explored = await unlessKnownClean(
    root,
    `${id}/explored`,
    () => digestOf([process.version, tool, readersRun(pipeline), Object.keys(pipeline.files)]),
    async () => {
      if (Object.keys(pipeline.explorations ?? {}).length === 0) return [];
      const { explorationScript } = await import('../explore/prepare-explorations.ts');
      const script = await mistakeIn(() => explorationScript(root, pipeline));
      return script instanceof PaperError ? [script] : [];
    },
  );
  return [...(locks instanceof PaperError ? [locks] : []), ...explored];
};

/**
 * What the compilation of a page finds; a text that was clean beside the same results is not compiled again. It reads what
 * the project holds besides experiments, of content the paper's own alone, and the files that it shows, wherever they stand.
 *
 * @param digest of the results
 */
const pageFaultsOf = async (
  root: string,
  sources: SourceDigests,
  { id, figures, pipeline }: Paper,
  data: PaperData,
  digest: string,
): Promise<PageFaults> => {
  const read = Object.entries(sources).filter(
    ([path]) => !/^\/(content|experiments)\//.test(path) || path.startsWith(`/content/${id}/`),
  );
  const ids = figures.map((figure) => figure.id);
  const explorations = unofferedExplorations(pipeline);
  const given = digestOf([process.version, read, digest, ids, Object.keys(explorations)]);
  const digestNow = (path: string): string | null =>
    statSync(join(root, path), { throwIfNoEntry: false })?.isFile()
      ? sha256(readFileSync(join(root, path)))
      : null;
  const { faults, told } = await unlessKnown(
    root,
    {
      name: `${id}/text`,
      told: toldOfText,
      keyOf: ({ shown }) => digestOf([given, shown.map((path) => [path, digestNow(path)])]),
    },
    async () => {
      const drawn = Object.fromEntries(ids.map((figure) => [figure, {} as DrawnFigure]));
      const build = createSiteBuild([{ data, figures: drawn, downloads: [], stages: {}, explorations }]);
      const { faults: found, ...told } = await findPageFaults(root, build, id);
      return {
        faults: found,
        told: { ...told, places: [...told.places], shown: [...build.sources.keys()] },
        passing: !sourcesAre(root, sources),
      };
    },
  );
  return { ...told, faults };
};

/** @throws what the paper's own files throw */
export const checkPaper = async (
  root: string,
  sources: SourceDigests,
  workshop: ProjectWorkshop,
  paper: Paper,
): Promise<CheckedPaper> => {
  await useStore(workshop.store.folder, workshop.reporter.say);
  const { statuses, finished } = await lookAtPipeline(workshop, paper.pipeline);
  const waiting = statuses.filter(({ state }) => state !== 'fresh').map(({ name }) => name);
  const computed = waiting.length === 0 ? await assembleComputed(workshop, paper, finished) : undefined;
  const { data: known, whole } = computed
    ? { data: computed.data, whole: true }
    : await dataOfToday(workshop, paper, new Map(statuses.map((status) => [status.name, status])));
  writeResultTypes(root, paper, known, whole);
  const data = whole
    ? known
    : { ...known, claims: Object.fromEntries(Object.keys(paper.claims).map((id) => [id, unjudged])) };
  const digest = computed ? dataDigest(computed) : sha256(JSON.stringify(data));
  const { faults, places, outlines } = await pageFaultsOf(root, sources, paper, data, digest);
  return {
    errors: [
      ...(whole ? faults : faults.filter((fault) => !dependsOnResults(fault, data))),
      ...(await faultsBesides(root, sources, paper)),
    ],
    warnings: unnamedResults(root, paper, data, places),
    computed,
    outlines,
    waiting,
  };
};
