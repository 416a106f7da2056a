import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { givePaperData } from '../components/paper-data.ts';
import { digestOf, lockKey, restoreFolder, swapFolder } from '../engine/index.ts';
import { clearAsideFolders, makeAsideFolder } from './aside-folder.ts';
import { buildResults } from './build-results.ts';
import type { ComputedPaper } from './compute-paper.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import type { BuildOptions } from './load-papers.ts';
import { forgetSite, recordSite, siteIsFresh, siteKey, sourceDigests } from './site-key.ts';

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
 * a build that fails leaves the site of before. A dist that is what this build would write stays.
 */
export const buildSite = async (root: string, options: BuildOptions): Promise<BuiltSite> => {
  const startMs = performance.now();
  const [dist, before] = [join(root, 'dist'), join(root, '.paper', 'dist-before')];
  // A build that was killed between its two renames left no dist; whether this one ends well or not, it is put back.
  await withDist(root, () => restoreFolder(dist, before));
  const sources = sourceDigests(root);
  const computed = await buildResults(root, options);
  const key = siteKey(root, sources, computed);
  const fresh = await siteIsFresh(root, dist, key);
  // What the lock refuses was never rendered under this key: only its warnings can come, and they come each time.
  if (fresh) for (const paper of computed) holdAgainstLock(root, paper, new Map());
  else {
    await clearAsideFolders(root);
    const folder = await makeAsideFolder(root);
    try {
      const made = await render(root, folder, computed);
      await withDist(root, async () => {
        // What was edited while it was read is in the pages as it was at some moment: that is no state to come back to.
        if (digestOf(sourceDigests(root)) === digestOf(sources)) await recordSite(root, made, key);
        else await forgetSite(root);
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
