import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Benches } from './bench-row.ts';

/** Those of the tool. */
const ownBenches: Benches = {
  planning: {
    title: 'What the engine itself costs: keys, memory, a fresh stage',
    load: async () => (await import('./planning.ts')).planningBench,
  },
  crash: {
    title: 'Builds that were killed, and end otherwise after it',
    load: async () => (await import('./crash.ts')).crashBench,
  },
  peers: {
    title: 'Stale values and needless runs after the same edits, beside other systems',
    load: async () => (await import('./peers.ts')).peersBench,
  },
  prose: {
    title: 'An edit of prose under the dev server, of the longest page',
    load: async () => (await import('./prose.ts')).proseBench,
  },
};

/** The tool's, and those of papers: `experiments/<paper>/tests/bench/bench.ts`. */
export const allBenches = async (root: string): Promise<Benches> => {
  const files = readdirSync(join(root, 'experiments'))
    .map((paper) => join(root, 'experiments', paper, 'tests', 'bench', 'bench.ts'))
    .filter((file) => existsSync(file));
  const modules = await Promise.all(
    files.map(async (file) => (await import(pathToFileURL(file).href)) as { readonly benches: Benches }),
  );
  return Object.assign({}, ...modules.map(({ benches }) => benches), ownBenches) as Benches;
};
