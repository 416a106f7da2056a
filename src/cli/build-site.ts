import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'astro';
import { swapFolder } from '../engine/index.ts';
import { checkPaper } from '../markdown/check-paper.ts';
import { buildResults } from './build-results.ts';
import { holdAgainstLock } from './hold-against-lock.ts';
import type { BuildOptions } from './load-paper.ts';
import { publishOutputs } from './publish-outputs.ts';

/**
 * Computes what is not up to date, checks what the authors wrote and accepted, and writes dist: aside first, so that a build
 * that fails leaves the site of before.
 */
export const buildSite = async (root: string, options: BuildOptions): Promise<void> => {
  const startMs = performance.now();
  const computed = await buildResults(root, options);
  for (const paper of computed) holdAgainstLock(root, paper, await checkPaper(root, paper.data));
  const aside = join(root, '.paper', 'dist');
  await rm(aside, { recursive: true, force: true });
  await build({ root, outDir: aside, logLevel: 'error' });
  for (const paper of computed) await publishOutputs(root, paper, join(aside, paper.data.paper));
  await swapFolder(aside, join(root, 'dist'), join(root, '.paper', 'dist-before'));
  console.log(`dist is written, in ${((performance.now() - startMs) / 1000).toFixed(1)} s in all`);
};
