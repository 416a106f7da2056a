import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { digestOf } from '../engine/index.ts';
import { PaperError, sha256 } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import type { PaperData } from '../results/paper-data.ts';
import { ownComponentsOf } from '../site/own-components.ts';
import { findPageFaults, type PageFaults } from '../site/page-faults.ts';
import { createSiteBuild } from '../site/site-build.ts';
import { requireReadableLocks } from './changes-of.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { unofferedExplorations } from './given-paper.ts';
import { unlessKnown, unlessKnownClean } from './known-clean.ts';
import { knownResults } from './known-results.ts';
import { figureFiles } from './load-figures.ts';
import type { Paper } from './load-paper.ts';
import type { ReadPaper } from './load-papers.ts';
import type { PaperPart } from './loading-mistakes.ts';
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

/** Faults that are none where verdicts are not known. */
const ofVerdicts = ['FalseSentence', 'MissingSentence', 'MissingWord'];

/** Faults that are none where the results they rest on are not known. */
const dependsOnResults = ({ name, message }: PaperError, { tables, values }: PaperData): boolean => {
  if ([...ofVerdicts, 'UnknownReported'].includes(name)) return true;
  const named = /'([^']*)'/.exec(message)?.[1] ?? '';
  // A table that no stage has made yet has no number to refer to.
  const isOfTable = name === 'UnknownReference' && named.startsWith('tab:');
  if (!isOfTable && !['UnknownValue', 'UnknownTable'].includes(name)) return false;
  const [result = ''] = named.replace(/^tab:/, '').split('.');
  return !Object.hasOwn(tables, result) && !Object.hasOwn(values, result);
};

/** Part of a paper -> faults that are none where it could not be read. */
const restingOn: Readonly<Record<PaperPart, readonly string[]>> = {
  pipeline: ['UnknownExploration'],
  claims: ['UnknownClaim'],
  reported: ['UnknownReported'],
  presentation: [],
  figures: [],
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
  unread: z.array(z.string()),
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
 * @param ids of the figures that there are
 */
const pageFaultsOf = async (
  root: string,
  sources: SourceDigests,
  { id, pipeline }: Paper,
  { data, digest }: { readonly data: PaperData; readonly digest: string },
  ids: readonly string[],
): Promise<PageFaults> => {
  const read = Object.entries(sources).filter(
    ([path]) => !/^\/(content|experiments)\//.test(path) || path.startsWith(`/content/${id}/`),
  );
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
      build.ownComponents = ownComponentsOf(root);
      const { faults: found, ...told } = await findPageFaults(root, build, id);
      return {
        faults: found,
        told: {
          ...told,
          places: [...told.places],
          unread: [...told.unread],
          shown: [...build.sources.keys()],
        },
        passing: !sourcesAre(root, sources),
      };
    },
  );
  return { ...told, faults };
};

/** Looks at a paper as far as it could be read. */
export const checkPaper = async (
  root: string,
  sources: SourceDigests,
  workshop: ProjectWorkshop,
  { paper, errors, lacking }: ReadPaper,
): Promise<CheckedPaper> => {
  if (!paper)
    return { errors: [...errors.values()], warnings: [], computed: undefined, outlines: {}, waiting: [] };
  const known = await knownResults(workshop, paper);
  const { data, isWhole, isJudged, waiting } = known;
  const hasResults = isWhole && !lacking.has('pipeline');
  const computed = hasResults ? known.computed : undefined;
  // What is declared of results is left as it was where they could not be looked at.
  if (known.errors.length === 0 && lacking.size === 0) writeResultTypes(root, paper, data, isWhole);
  const figures = lacking.has('figures') ? figureFiles(root, paper.id) : paper.figures;
  const found = await pageFaultsOf(
    root,
    sources,
    paper,
    { data, digest: computed ? dataDigest(computed) : sha256(JSON.stringify(data)) },
    figures.map(({ id }) => id),
  );
  const unknown = [...lacking].flatMap((part) => restingOn[part]);
  if (!isJudged) unknown.push(...ofVerdicts);
  const faults = found.faults.filter(
    (fault) => !unknown.includes(fault.name) && (hasResults || !dependsOnResults(fault, data)),
  );
  const ofResults = known.errors.filter((fault) => hasResults || !dependsOnResults(fault, data));
  const isRead = known.errors.length === 0 && lacking.size === 0 && found.unread.length === 0;
  return {
    errors: [...errors.values(), ...ofResults, ...faults, ...(await faultsBesides(root, sources, paper))],
    warnings: isRead ? unnamedResults(paper, data, found.places) : [],
    computed,
    outlines: found.outlines,
    waiting,
  };
};
