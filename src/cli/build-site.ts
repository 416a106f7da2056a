import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { lockKey, restoreFolder, swapFolder } from '../engine/index.ts';
import { exportDownloads } from '../exports/export-names.ts';
import { deadLinks, type LinkingPage } from '../site/dead-links.ts';
import { type LinkTargets, renderedTargets } from '../site/link-targets.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { type CompiledPage, createSiteBuild, type GivenPaper, siteBuildPlugin } from '../site/site-build.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import { summaryText } from '../site/summary-text.ts';
import { clearAsideFolders, makeAsideFolder } from './aside-folder.ts';
import { buildResults } from './build-results.ts';
import { compiledPages, firstFaultOf } from './compiled-pages.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { filesBelow } from './files-below.ts';
import { givenPapersOf } from './given-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import type { BuildOptions } from './load-papers.ts';
import { packageStatesAside } from './package-states.ts';
import { paperErrorIn } from './paper-error-in.ts';
import { otherPapers } from './paper-ids.ts';
import { readOrigin } from './read-origin.ts';
import {
  forgetSite,
  recordSite,
  shownBesides,
  siteIsFresh,
  siteKeys,
  sourceDigests,
  sourcesAre,
} from './site-key.ts';
import { unresolvedImport } from './unresolved-import.ts';

/** What a build did, as `--json` tells it. */
export interface BuiltSite {
  readonly dist: 'rendered' | 'fresh';
  readonly papers: readonly {
    readonly paper: string;
    readonly profile: string;
    readonly ran: readonly string[];
  }[];
  readonly elapsedMs: number;
}

export interface RenderedSite {
  readonly made: string;
  /** Path of each file that its pages show or import -> its digest as it was read. */
  readonly shown: Readonly<Record<string, string>>;
  /** As SiteBuild has it. */
  readonly plainText: boolean;
  readonly base: string;
  readonly pages: readonly LinkingPage[];
  readonly targets: LinkTargets;
}

/** The picture of a paper, for those who show links to it. */
const writeCard = async (
  folder: string,
  { title, summary, authors, leadFigure }: CompiledPage['frontmatter'],
  { figures }: GivenPaper,
): Promise<void> => {
  const { shareCard } = await import('../site/cards/share-card.ts');
  const drawing = leadFigure === undefined ? undefined : figures[leadFigure]?.drawings.column;
  await writeFile(
    join(folder, 'card.png'),
    await shareCard({ title, summary: summaryText(summary), authors, drawing }),
  );
};

/**
 * Renders into a folder of its own, and holds what was rendered against the lock; its links are still to be followed. What
 * draws and renders is loaded only here, since a fresh site needs none of it.
 *
 * @param given the papers as pages get them, apart from what readers can run; drawn from what was computed unless given
 * @param exported whether each paper has its exports beside it, and offers them
 */
export const renderSite = async (
  root: string,
  folder: string,
  computed: readonly ComputedPaper[],
  {
    origin,
    given,
    exported = false,
  }: { readonly origin: SiteOrigin; readonly given?: readonly GivenPaper[]; readonly exported?: boolean },
): Promise<RenderedSite> => {
  const { prepareRecomputations } = await import('../recompute/prepare-recomputations.ts');
  const { prepareExplorations } = await import('../explore/prepare-explorations.ts');
  const stages = computed.map(({ paper: { pipeline }, data, finished }) => ({ pipeline, data, finished }));
  const recomputations = await Promise.all(stages.map((of) => prepareRecomputations(root, of)));
  const explorations = await Promise.all(stages.map((of) => prepareExplorations(root, of)));
  const papers = (given ?? (await givenPapersOf(root, computed))).map((paper, at) => ({
    ...paper,
    recomputable: recomputations[at]!.offers,
    explorations: explorations[at]!.offers,
    downloads: exported ? [...exportDownloads(paper.data.paper), ...paper.downloads] : paper.downloads,
  }));
  const site = createSiteBuild(papers, origin);
  const made = join(folder, 'site');
  const { build } = await import('astro');
  try {
    await build({
      root,
      outDir: made,
      // The cache is thrown away with the folder: what an earlier build left in one would be printed unseen.
      cacheDir: join(folder, 'cache'),
      logLevel: 'silent',
      vite: { plugins: [siteBuildPlugin(site)] },
    });
  } catch (error) {
    // What passed through Astro carries its words as well: an author reads the error alone.
    const fault = firstFaultOf(root, site);
    throw paperErrorIn(fault) ?? paperErrorIn(error) ?? unresolvedImport(root, error) ?? error;
  }
  if (exported) await (await import('./put-exports.ts')).putExports(root, made, site);
  const { publishOutputs } = await import('./publish-outputs.ts');
  const linking: LinkingPage[] = [];
  for (const [at, paper] of computed.entries()) {
    const { id } = paper.paper;
    const pages = compiledPages(root, site, id);
    const sentences = new Map(pages.flatMap(({ page }) => [...page.sentences]));
    holdAgainstLock(root, paper, new Map([...sentences].map(([claim, { where }]) => [claim, where])));
    const { frontmatter } = pages[0]!.page;
    // What is not drawn has no picture either, but its place: a page may link to it.
    if (given) await writeFile(join(made, id, 'card.png'), '');
    else await writeCard(join(made, id), frontmatter, papers[at]!);
    for (const [path, content] of [...recomputations[at]!.files, ...explorations[at]!.files]) {
      await mkdir(dirname(join(made, id, path)), { recursive: true });
      await writeFile(join(made, id, path), content);
    }
    await publishOutputs(root, paper, { sentences, frontmatter }, origin, join(made, id));
    linking.push(...pages.map(({ path, page: { links } }) => ({ path: `${id}/${path}`, links })));
  }
  return {
    made,
    shown: Object.fromEntries(site.sources),
    plainText: site.plainText,
    base: site.base,
    pages: linking,
    targets: renderedTargets(
      made,
      filesBelow(made).map((path) => path.slice(made.length + 1)),
    ),
  };
};

const withDist = async (root: string, work: () => Promise<void>): Promise<void> => {
  const unlock = await lockKey(join(root, '.paper', 'locks', 'dist'), () =>
    console.log('waiting for another build to put its dist in place'),
  );
  try {
    await work();
  } finally {
    await unlock();
  }
};

/**
 * Computes what is not up to date, checks what the authors wrote and accepted, and writes dist: aside first, so that
 * a build that fails leaves the site of before. A dist that is what this build would write stays, and so do exports
 * that stand beside it.
 *
 * @param exported whether each paper has its exports beside it
 */
export const buildSite = async (
  root: string,
  options: BuildOptions,
  { exported = false }: { readonly exported?: boolean } = {},
): Promise<BuiltSite> => {
  const startMs = performance.now();
  // Before anything is computed.
  readSiteAddress();
  const [dist, before] = [join(root, 'dist'), join(root, '.paper', 'dist-before')];
  // A build that was killed between its two renames left no dist; whether this one ends well or not, it is put back.
  await withDist(root, () => restoreFolder(dist, before));
  await clearAsideFolders(root);
  const sources = sourceDigests(root);
  const packages = packageStatesAside(root);
  const computed = await buildResults(root, options);
  const seen = { sources, packages: await packages };
  const origin = readOrigin(root);
  const keys = siteKeys(root, seen, computed, origin);
  const fresh = await siteIsFresh(root, dist, exported ? [keys.exported] : Object.values(keys));
  // What the lock refuses was never rendered under this key: only its warnings can come, and they come each time.
  if (fresh) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  else {
    const folder = await makeAsideFolder(root);
    try {
      const { made, shown, base, pages, targets } = await renderSite(root, folder, computed, {
        origin,
        exported,
      });
      // Papers link to each other's files as well.
      const [dead] = deadLinks(targets, base, pages, otherPapers(root, computed));
      if (dead) throw dead;
      const { subsetFonts } = await import('../site/subset-fonts.ts');
      await subsetFonts(
        join(made, '_astro'),
        filesBelow(made).filter((path) => path.endsWith('.html')),
      );
      const { writeSearchIndex } = await import('../site/search/write-search-index.ts');
      await writeSearchIndex(
        made,
        computed.map(({ paper }) => paper.id),
      );
      await withDist(root, async () => {
        // What was edited while it was read is in the pages as it was at some moment: that is no state to come back to.
        if (sourcesAre(root, sources)) {
          const key = exported ? keys.exported : keys.pages;
          await recordSite(root, made, key, sources, shownBesides(root, sources, folder, shown));
        } else await forgetSite(root);
        await swapFolder(made, dist, before);
      });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  }
  const elapsedMs = performance.now() - startMs;
  console.log(`dist is ${fresh ? 'up to date' : 'written'}, in ${(elapsedMs / 1000).toFixed(1)} s in all`);
  return {
    dist: fresh ? 'fresh' : 'rendered',
    papers: computed.map(({ data, finished }) => ({
      paper: data.paper,
      profile: data.profile,
      ran: [...finished.values()].filter(({ ran }) => ran).map(({ stage }) => stage.name),
    })),
    elapsedMs,
  };
};
