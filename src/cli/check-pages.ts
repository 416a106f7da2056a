/** What shows in pages alone: links, downloads, and verdicts that turned. */
import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { digestOf } from '../engine/index.ts';
import { PaperError } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import type { PageFaults } from '../site/page-faults.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { unknownOrigin } from '../site/site-origin.ts';
import { makeAsideFolder } from './aside-folder.ts';
import { renderSite } from './build-site.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { unofferedExplorations } from './given-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import { unlessKnown } from './known-clean.ts';
import { mistakeIn } from './mistake-in.ts';
import { readersRun, type SourceDigests, sourcesAre } from './site-key.ts';

/** In the place of a figure where pages are rendered for their links alone. */
const undrawn = (id: string): DrawnFigure => ({
  id,
  drawings: { column: '', phone: '' },
  spec: {},
  datasets: [],
  rows: [],
  columns: [],
});

/** Of papers whose pages cannot be rendered yet: what readers would compute anew and cannot. */
export const recomputationFaults = async (
  root: string,
  computed: readonly ComputedPaper[],
): Promise<readonly PaperError[]> => {
  const { prepareRecomputations } = await import('../recompute/prepare-recomputations.ts');
  const faults: PaperError[] = [];
  for (const { paper, data, finished } of computed) {
    const found = await mistakeIn(() =>
      prepareRecomputations(root, { pipeline: paper.pipeline, data, finished }),
    );
    if (found instanceof PaperError) faults.push(found);
  }
  return faults;
};

const toldOfPages = z.strictObject({ plainText: z.boolean() });

/**
 * Links, downloads and locks show only in pages: they are rendered aside, and thrown away. Where a page's plain text is
 * put out as it is, an edit of it alone renders nothing.
 *
 * @param shapes of the papers' pages, by file
 */
export const renderedFaults = async (
  root: string,
  sources: SourceDigests,
  computed: readonly ComputedPaper[],
  shapes: PageFaults['shapes'],
): Promise<readonly PaperError[]> => {
  const given = computed.map(({ data, paper }) => ({
    data,
    figures: Object.fromEntries(paper.figures.map(({ id }) => [id, undrawn(id)])),
    downloads: paper.pipeline.downloads ?? [],
    stages: {},
    explorations: unofferedExplorations(paper.pipeline),
  }));
  let rendered = false;
  const look = async () => {
    rendered = true;
    const folder = await makeAsideFolder(root);
    try {
      const site = await mistakeIn(() =>
        renderSite(root, folder, computed, { origin: unknownOrigin, given }),
      );
      return site instanceof PaperError
        ? { faults: [site], told: { plainText: false } }
        : { faults: [], told: { plainText: site.plainText }, passing: !sourcesAre(root, sources) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  const besides = Object.entries(sources).filter(([path]) => !Object.hasOwn(shapes, path.slice(1)));
  const { base, origin } = readSiteAddress();
  // Taken before anything renders: to render sets NODE_ENV for the rest of the process.
  const fixed = digestOf([
    process.version,
    base,
    origin ?? null,
    process.env['NODE_ENV'] ?? null,
    // Figures stand for nothing but their names, and all else is in the sources and in stages' outputs.
    computed.map(dataDigest),
    given.map(({ figures, downloads, explorations }) => [
      Object.keys(figures),
      downloads,
      Object.keys(explorations),
    ]),
    computed.map(({ paper: { pipeline } }) => [Object.keys(pipeline.files), readersRun(pipeline)]),
  ]);
  const keyOf = ({ plainText }: z.output<typeof toldOfPages>): string =>
    digestOf([fixed, plainText ? [besides, shapes] : sources]);
  const ids = computed.map(({ paper }) => paper.id).join('+');
  const { faults } = await unlessKnown(root, { name: `rendered-${ids}`, told: toldOfPages, keyOf }, look);
  // What the lock warns of comes each time.
  if (!rendered) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  return faults;
};
