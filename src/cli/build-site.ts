import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { givePaperData } from '../components/paper-data.ts';
import { lockKey, restoreFolder, swapFolder } from '../engine/index.ts';
import { clearAsideFolders, makeAsideFolder } from './aside-folder.ts';
import { buildResults } from './build-results.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import type { BuildOptions } from './load-paper.ts';
import { recordSite, siteIsFresh, siteKey } from './site-key.ts';

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

/** Renders into a folder of its own; what draws and renders is loaded only here, since a fresh site needs none of it. */
const render = async (root: string, folder: string, computed: readonly ComputedPaper[]): Promise<string> => {
  givePaperData(computed.map(({ data }) => data));
  const { checkPaper } = await import('../markdown/check-paper.ts');
  for (const paper of computed) holdAgainstLock(root, paper, await checkPaper(root, paper.data));
  const made = join(folder, 'site');
  const { build } = await import('astro');
  // The cache is thrown away with the folder: what an earlier build left in one would be printed unseen.
  await build({ root, outDir: made, cacheDir: join(folder, 'cache'), logLevel: 'error' });
  const { publishOutputs } = await import('./publish-outputs.ts');
  for (const paper of computed) await publishOutputs(root, paper, join(made, paper.data.paper));
  return made;
};

/**
 * Computes what is not up to date, checks what the authors wrote and accepted, and writes dist: aside first, so that
 * a build that fails leaves the site of before. A dist that is what this build would write stays.
 */
export const buildSite = async (root: string, options: BuildOptions): Promise<BuiltSite> => {
  const startMs = performance.now();
  const computed = await buildResults(root, options);
  const [dist, before] = [join(root, 'dist'), join(root, '.paper', 'dist-before')];
  const key = siteKey(root, computed);
  const fresh = await siteIsFresh(root, dist, key);
  // What the lock refuses was never rendered under this key: only its warnings can come, and they come each time.
  if (fresh) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  else {
    await clearAsideFolders(root);
    const folder = await makeAsideFolder(root);
    try {
      const made = await render(root, folder, computed);
      const unlock = await lockKey(join(root, '.paper', 'locks', 'dist'), () =>
        console.log('waiting for another build to put its dist in place'),
      );
      try {
        await restoreFolder(dist, before);
        await recordSite(root, made, key);
        await swapFolder(made, dist, before);
      } finally {
        await unlock();
      }
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
