/**
 * An edit of prose under the dev server: from the file's writing to the page that says it, of the paper with the longest
 * text. A reader's browser adds its own layout.
 */
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { buildResults } from '../../src/cli/build-results.ts';
import { givenPapersOf } from '../../src/cli/given-paper.ts';
import { serveLive } from '../../src/cli/live-server.ts';
import { paperIds } from '../../src/cli/paper-ids.ts';
import { createSiteBuild } from '../../src/site/site-build.ts';
import type { Bench } from './bench-row.ts';
import { median } from './paired-runs.ts';

const edits = 5;
const promisedMs = 1000;

const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const server = createServer().listen(0, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });

/** Tells this process when the server has seen an edit. */
const config = (port: number): string => `import { defineConfig } from 'astro/config';
import { paper } from './src/site/integration.ts';
const seen = { name: 'seen', hotUpdate: { order: 'post', handler: () => void process.emit('paper:seen') } };
export default defineConfig({ server: { port: ${port} }, integrations: [paper()], vite: { plugins: [seen] } });
`;

const lengthOf = (root: string, id: string): number => statSync(join(root, 'content', id, 'index.mdx')).size;

export const proseBench: Bench = async () => {
  const repository = process.cwd();
  const paper = paperIds(repository).toSorted(
    (a, b) => lengthOf(repository, b) - lengthOf(repository, a),
  )[0]!;
  const site = createSiteBuild(await givenPapersOf(repository, await buildResults(repository, { paper })));
  mkdirSync(join(repository, '.paper', 'tests'), { recursive: true });
  // No author's file is edited.
  const root = mkdtempSync(join(repository, '.paper', 'tests', 'prose-'));
  // Under a server that runs its folder is not taken away: that starts it again.
  process.once('exit', () => rmSync(root, { recursive: true, force: true }));
  for (const folder of ['src', 'experiments', 'node_modules']) {
    symlinkSync(join(repository, folder), join(root, folder));
  }
  cpSync(join(repository, 'content', paper), join(root, 'content', paper), { recursive: true });
  const port = await freePort();
  writeFileSync(join(root, 'astro.config.mjs'), config(port));
  await serveLive(root, site);
  const page = join(root, 'content', paper, 'index.mdx');
  const text = readFileSync(page, 'utf8');
  const read = async (): Promise<string> => (await fetch(`http://localhost:${port}/${paper}/`)).text();
  await read();
  const [noticed, shown]: [number[], number[]] = [[], []];
  for (let edit = 0; edit < edits; edit += 1) {
    const word = `Edited${'abcde'[edit]}`;
    const startMs = performance.now();
    const seen = new Promise((resolve) => process.once('paper:seen' as never, resolve));
    writeFileSync(page, `${text}\n${word} now.\n`);
    await seen;
    noticed.push(performance.now() - startMs);
    if (!(await read()).includes(word)) throw new Error(`internal: the page does not say '${word}'`);
    shown.push(performance.now() - startMs);
  }
  const value = median(shown);
  return [
    {
      id: 'prose.edit-to-page',
      value,
      unit: 'ms',
      peer: 'promised',
      peerValue: promisedMs,
      ratio: value / promisedMs,
      runs: edits,
      note: `${paper}, ${Math.round(text.length / 1024)} KiB of text; ${median(noticed).toFixed(0)} ms until the server sees the edit, the rest to compile and to render it`,
    },
  ];
};
