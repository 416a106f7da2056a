/** What shows in pages alone: figures that cannot be drawn, links, downloads, and verdicts that turned. */
import { rm } from 'node:fs/promises';
import { digestOf } from '../engine/index.ts';
import { PaperError, sha256 } from '../engine/stage/index.ts';
import type { Datasets } from '../figures/dataset-rows.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import { figureDatasets } from '../results/figure-datasets.ts';
import { unknownOrigin } from '../site/site-origin.ts';
import { makeAsideFolder } from './aside-folder.ts';
import { renderSite } from './build-site.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { unofferedExplorations } from './given-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import { unlessKnownClean } from './known-clean.ts';
import { mistakeIn } from './mistake-in.ts';
import type { SourceDigests } from './site-key.ts';

/** In the place of a figure where pages are rendered for their links alone. */
const undrawn = (id: string): DrawnFigure => ({
  id,
  drawings: { column: '', phone: '' },
  spec: {},
  rows: [],
  columns: [],
});

/** Every figure that cannot be drawn; one that was drawn from the same data by the same code is not drawn again. */
export const figureFaults = async (
  root: string,
  sources: SourceDigests,
  { data, paper }: ComputedPaper,
): Promise<readonly PaperError[]> => {
  const drawing = Object.entries(sources).filter(([path]) => /^\/(src\/figures\/|package-lock)/.test(path));
  const key = [process.version, drawing, sha256(JSON.stringify(data))];
  const faults: PaperError[] = [];
  let datasets: Datasets | undefined;
  for (const source of paper.figures) {
    const look = async (): Promise<readonly PaperError[]> => {
      const { drawFigure } = await import('../figures/draw-figure.ts');
      datasets ??= figureDatasets(data);
      const found = await mistakeIn(() => drawFigure(source, datasets!));
      return found instanceof PaperError ? [found] : [];
    };
    const keyOf = (): string =>
      digestOf([key, source.file, source.text, sha256(JSON.stringify(source.spec))]);
    faults.push(...(await unlessKnownClean(root, `figure-${paper.id}-${source.id}`, keyOf, look)));
  }
  return faults;
};

/** Links, downloads and locks show only in pages: they are rendered aside, and thrown away. */
export const renderedFaults = async (
  root: string,
  sources: SourceDigests,
  computed: readonly ComputedPaper[],
): Promise<readonly PaperError[]> => {
  const given = computed.map(({ data, paper }) => ({
    data,
    figures: Object.fromEntries(paper.figures.map(({ id }) => [id, undrawn(id)])),
    downloads: paper.pipeline.downloads ?? [],
    stages: {},
    explorations: unofferedExplorations(paper.pipeline),
  }));
  let rendered = false;
  const look = async (): Promise<readonly PaperError[]> => {
    rendered = true;
    const folder = await makeAsideFolder(root);
    try {
      const found = await mistakeIn(() =>
        renderSite(root, folder, computed, { origin: unknownOrigin, given }),
      );
      return found instanceof PaperError ? [found] : [];
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  };
  const base = process.env['PAPER_BASE'] ?? null;
  const key = digestOf([
    process.version,
    base,
    sources,
    sha256(JSON.stringify(given)),
    computed.map(({ paper }) => Object.keys(paper.pipeline.files)),
  ]);
  const ids = computed.map(({ paper }) => paper.id).join('+');
  const faults = await unlessKnownClean(root, `pages-${ids}`, () => key, look);
  // What the lock warns of comes each time.
  if (!rendered) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  return faults;
};
