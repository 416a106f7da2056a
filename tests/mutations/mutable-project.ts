import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { publishRun } from '../../src/engine/published/publish-run.ts';
import { runPipeline } from '../../src/engine/run/run-pipeline.ts';
import { openStore } from '../../src/engine/run/store.ts';
import type { Workshop } from '../../src/engine/run/workshop.ts';
import { PaperError } from '../../src/engine/stage/paper-error.ts';
import { stagesInOrder } from '../../src/engine/stage/pipeline.ts';
import { plainRun } from './plain-run.ts';
import { writeTree } from './project-tree.ts';
import { plainWiring, type Wiring, wirePipeline } from './wired-pipeline.ts';

const repository = dirname(dirname(import.meta.dirname));

/** As if another backend, another Node, another compiled addon and other threads gave other digits. */
const environmentOf =
  ({ backend, node, compiled }: Wiring) =>
  (threads: number): Readonly<Record<string, string>> => ({
    TINY_THREADS: String(threads),
    TINY_BACKEND: backend,
    TINY_NODE: node,
    TINY_COMPILED: compiled,
  });

const workshopOf = (root: string, store: string, wiring: Wiring): Workshop => {
  const { backend, node, compiled } = wiring;
  const platform = {
    backend: { choice: backend },
    node,
    compiled: { 'tiny-compiled/kernel.node': compiled },
  };
  return {
    root,
    store: openStore(store),
    platform,
    // What is published was made elsewhere, and a change of this machine does not touch it.
    reference: {
      backend: { choice: 'one' },
      node: '22.0.0',
      compiled: { 'tiny-compiled/kernel.node': 'one source' },
    },
    machine: {},
    environment: environmentOf(wiring),
    reporter: { say: () => {}, progress: () => {}, finished: () => {}, close: () => {} },
  };
};

/** What a build published: a value, or the error in its place; and the stages that ran. */
export interface Published {
  readonly value?: string;
  readonly error?: string;
  readonly ran: readonly string[];
}

const build = async (root: string, store: string, wiring: Wiring): Promise<Published> => {
  try {
    const finished = await runPipeline(workshopOf(root, store, wiring), await wirePipeline(root, wiring));
    const value = (await finished.get('total')!.read('result', 'the test')).toString('utf8');
    return { value, ran: [...finished].flatMap(([name, { ran }]) => (ran ? [name] : [])) };
  } catch (error) {
    if (error instanceof PaperError) return { error: error.name, ran: [] };
    throw error;
  }
};

/** What an edit is made to: files by relative path, and what its pipeline says. */
export interface Tree {
  readonly root: string;
  read(path: string): string;
  write(path: string, text: string): void;
  /** Replaces a piece of a file, which must be there. */
  replace(path: string, before: string, after: string): void;
}

const treeOf = (root: string): Tree => ({
  root,
  read: (path) => readFileSync(join(root, path), 'utf8'),
  write: (path, text) => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  },
  replace: (path, before, after) => {
    const text = readFileSync(join(root, path), 'utf8');
    if (!text.includes(before)) throw new Error(`${path} does not hold '${before}'`);
    writeFileSync(
      join(root, path),
      text.replace(before, () => after),
    );
  },
});

const copyTree = (from: string, to: string): void =>
  cpSync(from, to, {
    recursive: true,
    verbatimSymlinks: true,
    filter: (path) => path !== join(from, '.paper'),
  });

/**
 * A project that is built, edited and put back, with a store that stays: every edit meets a store full of what
 * was true before. The same files, run without the engine, say what is right.
 */
export const createMutableProject = async () => {
  mkdirSync(join(repository, '.paper', 'tests'), { recursive: true });
  const base = mkdtempSync(join(repository, '.paper', 'tests', 'mutations-'));
  const root = join(base, 'project');
  const store = join(base, 'store');
  const kept = join(base, 'kept');
  writeTree(root);
  const pipeline = await wirePipeline(root, plainWiring);
  const trained = stagesInOrder(pipeline).find(({ name }) => name === 'trained')!;
  await publishRun(workshopOf(root, store, plainWiring), pipeline, trained, false);
  copyTree(root, kept);
  let copies = 0;
  return {
    base,
    store,
    tree: treeOf(root),
    build: (wiring: Partial<Wiring> = {}) => build(root, store, { ...plainWiring, ...wiring }),
    /** The value that belongs to the files as they are. */
    runPlainly: async (wiring: Partial<Wiring> = {}): Promise<string> => {
      const all = { ...plainWiring, ...wiring };
      const folder = mkdtempSync(join(base, 'plain-'));
      try {
        return await plainRun(root, await wirePipeline(root, all), folder, environmentOf(all));
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    /** The same files under another path, with the same store. */
    buildMoved: async (): Promise<Published> => {
      copies += 1;
      const folder = join(base, `moved-${copies}`);
      copyTree(root, folder);
      try {
        return await build(folder, store, plainWiring);
      } finally {
        rmSync(folder, { recursive: true, force: true });
      }
    },
    /** All files as they were before the first edit. */
    putBack: (): void => {
      for (const name of readdirSync(root)) {
        if (name !== '.paper') rmSync(join(root, name), { recursive: true, force: true });
      }
      copyTree(kept, root);
    },
    remove: (): void => rmSync(base, { recursive: true, force: true }),
  };
};

export type MutableProject = Awaited<ReturnType<typeof createMutableProject>>;
