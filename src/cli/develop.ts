import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { watch } from 'node:fs';
import { basename, join } from 'node:path';
import { dev } from 'astro';
import { givePaperData } from '../components/paper-data.ts';
import type { PaperData } from '../results/paper-data.ts';
import { buildResults } from './build-results.ts';
import type { BuildOptions } from './load-papers.ts';

/** Wait for an editor to finish writing before anything runs. */
const settleMs = 300;

/** Prose is rendered by the server as it is; all else may decide what is computed, or what may be said of it. */
const decidesResults = (file: string): boolean => !file.endsWith('.mdx') && !basename(file).startsWith('.');

/** Serves the pages live: prose at once; an edit of code or claims first re-runs what it reaches. */
export const develop = async (root: string, options: BuildOptions): Promise<void> => {
  givePaperData((await buildResults(root, options)).map(({ data }) => data));
  const { watcher } = await dev({ root });
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  // A process of its own: this one keeps the modules that it has loaded. What it computed comes over a channel that
  // it alone can write to, so the pages print that and nothing that lies in a file.
  const recompute = async (): Promise<void> => {
    const child = spawn(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'results', ...flags], {
      stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
      serialization: 'advanced',
    });
    let told: readonly PaperData[] | undefined;
    child.on('message', (message) => {
      told = (message as { computed: readonly PaperData[] }).computed;
    });
    const [exitCode] = await once(child, 'close');
    if (exitCode !== 0 || !told) return;
    givePaperData(told);
    // Pages are rendered at each request: an open one is told to ask again.
    watcher.emit('change', join(root, 'content', told[0]?.paper ?? '', 'index.mdx'));
  };
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  for (const folder of ['experiments', 'src', 'content']) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file === null || !decidesResults(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(recompute);
      }, settleMs);
    });
  }
};
