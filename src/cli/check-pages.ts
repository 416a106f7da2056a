/** What shows in pages alone: links, downloads, and verdicts that turned. */

import { rm } from 'node:fs/promises';
import { z } from 'zod';
import { digestOf } from '../engine/index.ts';
import { PaperError } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import { deadLinks } from '../site/dead-links.ts';
import type { PageFaults, PageOutline } from '../site/page-faults.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { unknownOrigin } from '../site/site-origin.ts';
import { makeAsideFolder } from './aside-folder.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
import { unofferedExplorations } from './given-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import { unlessKnown } from './known-clean.ts';
import { mistakeIn } from './mistake-in.ts';
import { otherPapers } from './paper-ids.ts';
import { recomputationsOf } from './recomputations-of.ts';
import { type RenderedSite, renderSite } from './render-site.ts';
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
  const faults: PaperError[] = [];
  for (const paper of computed) {
    const found = await mistakeIn(() => recomputationsOf(root, paper));
    if (found instanceof PaperError) faults.push(found);
  }
  return faults;
};

const toldOfSite = z.strictObject({
  plainText: z.boolean(),
  base: z.string(),
  files: z.array(z.string()),
  /** By page: the ids in it, but for those that a paper's text gives it. */
  ids: z.record(z.string(), z.array(z.string())),
});
type ToldOfSite = z.output<typeof toldOfSite>;

/** By page: the ids that a paper's text gives it. */
const anchorsByFile = (outlines: readonly PageOutline[]): ReadonlyMap<string, readonly string[]> =>
  new Map(outlines.map(({ path, anchors }) => [`${path}index.html`, anchors]));

/** @returns undefined where one that is to be taken out is not among them */
const idsBesides = (ids: readonly string[], taken: readonly string[]): string[] | undefined => {
  const left = [...ids];
  for (const id of taken) {
    const at = left.indexOf(id);
    if (at < 0) return undefined;
    left.splice(at, 1);
  }
  return left;
};

/** What a rendered site tells for as long as its pages' shapes stay: their text gives the rest. */
const tellSite = (
  { targets: { files, anchorsIn }, base, plainText }: RenderedSite,
  outlines: readonly PageOutline[],
): ToldOfSite => {
  const given = anchorsByFile(outlines);
  const found = [...files]
    .filter((name) => name.endsWith('.html'))
    .map((file) => [file, idsBesides(anchorsIn(file), given.get(file) ?? [])] as const);
  const isAsTold = found.every(([, besides]) => besides !== undefined);
  const ids = Object.fromEntries(found.map(([file, besides]) => [file, besides ?? [...anchorsIn(file)]]));
  // A page that lacks what its text says is rendered by something else than the site's own.
  return { plainText: plainText && isAsTold, base, files: [...files], ids };
};

const deadLinksIn = (
  { files, ids, base }: ToldOfSite,
  outlines: readonly PageOutline[],
  others: readonly string[],
) => {
  const given = anchorsByFile(outlines);
  const anchorsIn = (file: string) => [...(ids[file] ?? []), ...(given.get(file) ?? [])];
  return deadLinks({ files: new Set(files), anchorsIn }, base, outlines, others);
};

/**
 * Links, downloads and locks show only in pages: they are rendered aside, and thrown away. What a site has is kept: where a
 * page's text is put out as it is, an edit of it renders nothing, and its links are followed through what is known.
 *
 * @param outlines of the papers' pages, by file
 */
export const renderedFaults = async (
  root: string,
  sources: SourceDigests,
  computed: readonly ComputedPaper[],
  outlines: PageFaults['outlines'],
): Promise<readonly PaperError[]> => {
  const given = computed.map(({ data, paper }) => ({
    data,
    figures: Object.fromEntries(paper.figures.map(({ id }) => [id, undrawn(id)])),
    downloads: paper.pipeline.downloads ?? [],
    stages: {},
    explorations: unofferedExplorations(paper.pipeline),
  }));
  const pages = Object.values(outlines);
  let rendered = false;
  const look = async () => {
    rendered = true;
    const folder = await makeAsideFolder(root);
    try {
      const site = await mistakeIn(() =>
        renderSite(root, folder, computed, { origin: unknownOrigin, given }),
      );
      return site instanceof PaperError
        ? { faults: [site], told: { plainText: false, base: '/', files: [], ids: {} } }
        : { faults: [], told: tellSite(site, pages), passing: !sourcesAre(root, sources) };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  // Nor do they show a page of a paper that is not rendered with them.
  const others = otherPapers(root, computed);
  const isOthers = (path: string): boolean =>
    path.endsWith('.mdx') && others.some((id) => path.startsWith(`/content/${id}/`));
  const besides = Object.entries(sources).filter(
    ([path]) => !Object.hasOwn(outlines, path.slice(1)) && !isOthers(path),
  );
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
  const shapes = Object.entries(outlines).map(([file, { shape }]) => [file, shape]);
  const keyOf = ({ plainText }: ToldOfSite): string =>
    digestOf([fixed, plainText ? [besides, shapes] : sources]);
  const name = `rendered-${digestOf(computed.map(({ paper }) => paper.id)).slice(0, 16)}`;
  const { faults, told } = await unlessKnown(root, { name, told: toldOfSite, keyOf }, look);
  // What the lock warns of comes each time.
  if (!rendered) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  return faults.length > 0 ? faults : deadLinksIn(told, pages, others);
};
