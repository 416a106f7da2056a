import { watch } from 'node:fs';
import { join } from 'node:path';
import { dev } from 'astro';
import { execa } from 'execa';
import { buildResults } from './build-results.ts';
import type { BuildOptions } from './load-paper.ts';

/** Wait for an editor to finish writing before anything runs. */
const settleMs = 300;

/** Serves the pages live: prose at once; an edit of code or claims first re-runs what it reaches. */
export const develop = async (root: string, options: BuildOptions): Promise<void> => {
  await buildResults(root, options);
  await dev({ root });
  const flags = Object.entries(options).flatMap(([name, value]) =>
    value === undefined ? [] : [`--${name}`, value],
  );
  // A process of its own: this one keeps the modules that it has loaded.
  const recompute = (): Promise<unknown> =>
    execa(process.execPath, [...process.execArgv, process.argv[1] ?? '', 'results', ...flags], {
      stdio: 'inherit',
      reject: false,
    });
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<unknown> = Promise.resolve();
  for (const folder of ['experiments', 'src/engine', 'src/tensor', 'content']) {
    watch(join(root, folder), { recursive: true }, (_, file) => {
      if (file?.endsWith('.mdx')) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        running = running.then(recompute);
      }, settleMs);
    });
  }
};
