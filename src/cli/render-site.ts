/** The pages of papers, rendered in a folder of their own. */
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { exportDownloads } from '../exports/export-names.ts';
import { deadLinks, type LinkingPage } from '../site/dead-links.ts';
import { type LinkTargets, renderedTargets } from '../site/link-targets.ts';
import { type CompiledPage, createSiteBuild, type GivenPaper, siteBuildPlugin } from '../site/site-build.ts';
import type { SiteOrigin } from '../site/site-origin.ts';
import { summaryText } from '../site/summary-text.ts';
import { clearAsideFolders, makeAsideFolder } from './aside-folder.ts';
import { compiledPages, firstFaultOf } from './compiled-pages.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { filesBelow } from './files-below.ts';
import { givenPapersOf } from './given-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import { paperErrorIn } from './paper-error-in.ts';
import { otherPapers } from './paper-ids.ts';
import { recomputationsOf } from './recomputations-of.ts';
import { unresolvedImport } from './unresolved-import.ts';

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

interface RenderOptions {
  readonly origin: SiteOrigin;
  /** The papers as pages get them, apart from what readers can run; drawn from what was computed unless given. */
  readonly given?: readonly GivenPaper[];
  /** Whether each paper has its exports beside it, and offers them. */
  readonly exported?: boolean;
}

/**
 * Renders into a folder of its own, and holds what was rendered against the lock; its links are still to be followed. What
 * draws and renders is loaded only here, since a fresh site needs none of it.
 */
export const renderSite = async (
  root: string,
  folder: string,
  computed: readonly ComputedPaper[],
  { origin, given, exported = false }: RenderOptions,
): Promise<RenderedSite> => {
  const { prepareExplorations } = await import('../explore/prepare-explorations.ts');
  const stages = computed.map(({ paper: { pipeline }, data, finished }) => ({ pipeline, data, finished }));
  const recomputations = await Promise.all(computed.map((paper) => recomputationsOf(root, paper)));
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

/**
 * Renders pages, and follows their links, for as long as they are used.
 *
 * @throws DeadLink, or what renderSite throws
 */
export const renderAside = async <T>(
  root: string,
  computed: readonly ComputedPaper[],
  options: RenderOptions,
  use: (site: RenderedSite, folder: string) => Promise<T>,
): Promise<T> => {
  await clearAsideFolders(root);
  const folder = await makeAsideFolder(root);
  try {
    const site = await renderSite(root, folder, computed, options);
    // Papers link to each other's files as well.
    const [dead] = deadLinks(site.targets, site.base, site.pages, otherPapers(root, computed));
    if (dead) throw dead;
    return await use(site, folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
};
