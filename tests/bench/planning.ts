/**
 * What the engine itself costs: keys of many stages that share code, what a fresh stage takes beyond its work, and
 * memory; beside Vite Task on the same chain of scripts, and beside what the project promises.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { execa } from 'execa';
import type { Bench, BenchRow } from './bench-row.ts';
import { provideNodePeer } from './peers/install-peer.ts';
import { runSystem } from './peers/run-system.ts';
import { viteVersion } from './peers/vite-task.ts';

const repository = dirname(dirname(import.meta.dirname));
const chainLength = 20;
const runs = 5;

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[values.length >> 1]!;

const script = `import { writeFileSync } from 'node:fs';

export const tiny = { run: ({ params, outputs }) => writeFileSync(outputs.result, String(params.index)) };
`;

const plan = async (root: string, count: number, what: 'keys' | 'run') => {
  const { stdout } = await execa(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    join(import.meta.dirname, 'planning', 'plan-once.ts'),
    root,
    String(count),
    what,
  ]);
  return JSON.parse(stdout) as { readonly elapsedMs: number; readonly peakBytes: number };
};

/** Milliseconds of one fresh stage of a chain, and of one that is found: all of the run, by the stages. */
const ourChain = async (root: string) => {
  rmSync(join(root, 'store'), { recursive: true, force: true });
  const fresh = await plan(root, chainLength, 'run');
  const found = await plan(root, chainLength, 'run');
  return { fresh: (fresh.elapsedMs - found.elapsedMs) / chainLength, found: found.elapsedMs };
};

const writeViteChain = (folder: string): void => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{ "name": "tiny", "private": true, "type": "module" }');
  writeFileSync(join(folder, 'pnpm-workspace.yaml'), 'packages: []\n');
  writeFileSync(
    join(folder, 'count.mjs'),
    // biome-ignore lint/suspicious/noTemplateCurlyInString: text of a source file
    "import { writeFileSync } from 'node:fs';\nwriteFileSync(`count-${process.argv[2]}.json`, process.argv[2]);\n",
  );
  const tasks = Array.from({ length: chainLength }, (_, index) => [
    `count-${index}`,
    { command: `node count.mjs ${index}`, dependsOn: index > 0 ? [`count-${index - 1}`] : [] },
  ]);
  writeFileSync(
    join(folder, 'vite.config.mjs'),
    `export default { run: { tasks: ${JSON.stringify(Object.fromEntries(tasks))} } };\n`,
  );
};

const viteChain = async (folder: string) => {
  const home = await provideNodePeer(`vite-plus@${viteVersion}`);
  const run = async (): Promise<number> => {
    const startMs = performance.now();
    const words = ['run', `count-${chainLength - 1}`];
    const vp = join(home, 'node_modules', '.bin', 'vp');
    const { exitCode, said } = await runSystem(folder, vp, words, {}, [dirname(process.execPath)]);
    if (exitCode !== 0) throw new Error(said);
    return performance.now() - startMs;
  };
  rmSync(join(folder, 'node_modules'), { recursive: true, force: true });
  const fresh = await run();
  const found = await run();
  return { fresh: (fresh - found) / chainLength, found };
};

const nodeStart = async (): Promise<number> => {
  const startMs = performance.now();
  await execa(process.execPath, ['-e', '0']);
  return performance.now() - startMs;
};

const beside = (
  id: string,
  value: number,
  unit: string,
  peer: string,
  peerValue: number,
  note?: string,
  atMost?: number,
): BenchRow => ({
  id: `planning.${id}`,
  value,
  unit,
  peer,
  peerValue,
  ratio: value / peerValue,
  runs,
  ...(note === undefined ? {} : { note }),
  ...(atMost === undefined ? {} : { atMost }),
});

export const planningBench: Bench = async () => {
  mkdirSync(join(repository, '.paper'), { recursive: true });
  // Below the project, as a paper's code is.
  const folder = mkdtempSync(join(repository, '.paper', 'planning-'));
  try {
    const [ours, vite] = [join(folder, 'ours'), join(folder, 'vite')];
    mkdirSync(ours);
    writeFileSync(join(ours, 'count.ts'), script);
    writeViteChain(vite);
    // The first bundles the code, and is not counted.
    await plan(ours, 10, 'keys');
    const [many, few, chains, peers, starts]: [
      Awaited<ReturnType<typeof plan>>[],
      Awaited<ReturnType<typeof plan>>[],
      Awaited<ReturnType<typeof ourChain>>[],
      Awaited<ReturnType<typeof viteChain>>[],
      number[],
    ] = [[], [], [], [], []];
    for (let run = 0; run < runs; run += 1) {
      many.push(await plan(ours, 2000, 'keys'));
      few.push(await plan(ours, 10, 'keys'));
      chains.push(await ourChain(ours));
      peers.push(await viteChain(vite));
      starts.push(await nodeStart());
    }
    const fresh = median(chains.map((chain) => chain.fresh));
    const start = median(starts);
    return [
      beside('keys-of-2000', median(many.map(({ elapsedMs }) => elapsedMs)), 'ms', 'promised', 500),
      beside(
        'memory-of-2000',
        median(many.map(({ peakBytes }) => peakBytes)) / 1e6,
        'MB',
        'of 10 stages',
        median(few.map(({ peakBytes }) => peakBytes)) / 1e6,
        'whole processes, Node with them',
        1.25,
      ),
      // Promised are 35 ms where Node starts in 24: a share of Node's own start, as machines are of different speed.
      beside('fresh-stage', fresh, 'ms', "Node's own start", start, '35 ms where Node starts in 24', 35 / 24),
      beside('fresh-stage-beside-vite', fresh, 'ms', 'Vite Task', median(peers.map((peer) => peer.fresh))),
    ];
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
};
