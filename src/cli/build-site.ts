import { join } from 'node:path';
import { lockKey, restoreFolder, swapFolder } from '../engine/index.ts';
import { readSiteAddress } from '../site/site-address.ts';
import { clearAsideFolders } from './aside-folder.ts';
import { buildResults } from './build-results.ts';
import { filesBelow } from './files-below.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import type { BuildOptions } from './load-papers.ts';
import { packageStatesAside } from './package-states.ts';
import { readOrigin } from './read-origin.ts';
import { renderAside } from './render-site.ts';
import {
  forgetSite,
  recordSite,
  shownBesides,
  siteIsFresh,
  siteKeys,
  sourceDigests,
  sourcesAre,
} from './site-key.ts';

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
    await renderAside(root, computed, { origin, exported }, async ({ made, shown }, folder) => {
      const { subsetFonts } = await import('../site/subset-fonts.ts');
      const files = filesBelow(made);
      await subsetFonts(
        join(made, '_astro'),
        files.filter((path) => path.endsWith('.html')),
        files.filter((path) => /\/((tables|explorations)\/[^/]+\.json|figures\/[^/]+\.svg)$/.test(path)),
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
    });
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
