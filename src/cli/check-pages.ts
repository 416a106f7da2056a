/** What shows in pages alone: links, downloads, and verdicts that turned. */
import { rm } from 'node:fs/promises';
import { digestOf } from '../engine/index.ts';
import { PaperError } from '../engine/stage/index.ts';
import type { DrawnFigure } from '../figures/draw-figure.ts';
import { unknownOrigin } from '../site/site-origin.ts';
import { makeAsideFolder } from './aside-folder.ts';
import { renderSite } from './build-site.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { dataDigest } from './data-digest.ts';
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
    // Figures stand for nothing but their names, and all else is in the sources and in stages' outputs.
    given.map(({ data, figures, downloads, explorations }) => [
      dataDigest(data),
      Object.keys(figures),
      downloads,
      Object.keys(explorations),
    ]),
    computed.map(({ paper }) => Object.keys(paper.pipeline.files)),
  ]);
  const ids = computed.map(({ paper }) => paper.id).join('+');
  const faults = await unlessKnownClean(root, `pages-${ids}`, () => key, look);
  // What the lock warns of comes each time.
  if (!rendered) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  return faults;
};
