/** A stage's code as a program: a bundle run by Node, held to what the stage declares. */
import { copyFileSync, mkdirSync, readdirSync, realpathSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { otherwiseFlag } from '../run/live-otherwise.ts';
import { stageGiven } from '../run/stage-given.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { StageCode } from '../stage/pipeline.ts';
import type { PackageBundles } from './bundle-stage.ts';
import { moduleName } from './definition-place.ts';
import { digestOf } from './digest.ts';
import { digestOfFile } from './digest-of-file.ts';
import { exportNameOf } from './export-name.ts';
import type { FileDigests } from './file-digests.ts';
import type { Grants, Program } from './program.ts';
import { sha256 } from './sha256.ts';
import { bundleFolder, type StageClosure, stageClosure } from './stage-closure.ts';
import { traceBundle } from './trace-bundle.ts';

/** One look at the disk: what several stages reach is read once. */
export interface Look {
  readonly root: string;
  readonly digests: FileDigests;
  readonly shared: PackageBundles;
  /** Name in `import.meta.resolve` -> what stands in keys for a file that is compiled on each machine. */
  readonly compiled: Readonly<Record<string, string>>;
}

interface Resolved {
  readonly url: string | undefined;
  /** What the process may read. */
  readonly reads: string;
  readonly digest: string;
}

const packageFolder = (path: string): string => {
  const [, folder] = /^(.*\/node_modules\/(?:@[^/]+\/)?[^/]+)/.exec(path) ?? [];
  return folder ?? dirname(path);
};

const sharedLibrary = /\.(node|so[.\d]*|dylib|dll)$/;

/** Of an addon and of all libraries of its package: it may link them, and the loader finds them by itself. */
const addonDigest = (digests: FileDigests, path: string): string => {
  const folder = realpathSync(packageFolder(path));
  const libraries = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => sharedLibrary.test(name))
    .sort();
  return sha256(
    [path, ...libraries.map((name) => join(folder, name))].map((file) => digests.file(file) ?? '').join('\n'),
  );
};

/**
 * A native addon stands for itself and its package's libraries; any other name in a package for all of the package,
 * which the code may look through.
 */
const resolveName = ({ digests, compiled }: Look, module: string, name: string): Resolved => {
  let path: string | undefined;
  try {
    path = createRequire(module).resolve(name);
  } catch {
    path = undefined;
  }
  const known = compiled[name];
  if (path === undefined && known === undefined) {
    throw new PaperError(
      'DataMissing',
      `a stage reads '${name}' by import.meta.resolve, and nothing of that name is installed.`,
      {
        where: { file: module },
        hint: 'install its package, or mend the name.',
      },
    );
  }
  const isAddon = name.endsWith('.node');
  const reads = path === undefined ? '' : isAddon ? path : packageFolder(path);
  return {
    url: path === undefined ? undefined : pathToFileURL(path).href,
    reads,
    digest: known ?? (isAddon ? addonDigest(digests, reads) : digests.folder(reads)),
  };
};

const launcherEntry = 'src/engine/run/stage-launcher.ts';
/** Where the engine itself lies: a project may bring it by a link. */
const engineRoot = fileURLToPath(new URL('../../..', import.meta.url)).replace(/\/$/, '');

/** What runs a stage's code: part of every key. */
const launcherOf = ({ root, digests, shared }: Look): Promise<StageClosure> =>
  stageClosure(root, { module: join(engineRoot, launcherEntry), isLauncher: true }, digests, shared);

const guardEntry = 'src/engine/run/stage-guard.ts';

/** What is loaded before it, and refuses what the stage does not declare; like the flags, it is in no key. */
const guardOf = ({ root, digests, shared }: Look): Promise<StageClosure> =>
  stageClosure(root, { module: join(engineRoot, guardEntry), isGuard: true }, digests, shared);

const flags = [
  '--disable-warning=ExperimentalWarning',
  '--disable-warning=SecurityWarning',
  '--disable-warning=DEP0051',
  '--permission',
  '--allow-addons',
  '--allow-worker',
];

/** The very file that was hashed is the file that runs. @throws what a look makes again */
const requireWhole = (path: string, name: string): void => {
  if (digestOfFile(path) === name.slice(0, 64)) return;
  throw new PaperError('BundleDamaged', 'the bundle of a stage was changed after it was hashed.', {
    where: { file: path },
    hint: `remove it and run the same command again: \`rm ${path}\``,
  });
};

/** Modules of Node's own that open files past its permission model. */
const unheld: readonly string[] = ['sqlite'];

/** @throws BuiltinRefused */
const requireHeld = (root: string, code: StageCode, { builtins }: StageClosure): void => {
  const found = unheld.find((name) => builtins.includes(name));
  if (found === undefined) return;
  throw new PaperError(
    'BuiltinRefused',
    `a stage names node:${found}, which opens files that nobody holds it to.`,
    {
      where: { file: moduleName(root, code) },
      hint: 'read the database in a stage of its own, in Python or by a program, or export it to a file first.',
    },
  );
};

/**
 * @throws UntraceableImport, StageCodeBroken, StageNotExported, DataMissing, BuiltinRefused
 */
export const nodeProgram = async (look: Look, code: StageCode): Promise<Program> => {
  const { root, digests, shared } = look;
  const module = fileURLToPath(code.module);
  const entry = { module, exportName: await exportNameOf(root, code) };
  const closure = await stageClosure(root, entry, digests, shared);
  requireHeld(root, code, closure);
  const launcher = await launcherOf(look);
  const guard = await guardOf(look);
  const resolved = new Map(closure.resolves.map((name) => [name, resolveName(look, module, name)]));
  const inBundles = (name: string): string => join(bundleFolder(root), name);
  const own = [launcher, guard, closure].flatMap(({ bundle, parts }) => [bundle, ...parts]);
  return {
    // Parts are named in the bundle by their digests.
    digest: digestOf({ given: stageGiven, launcher: launcher.bundle, code: closure.bundle }),
    files: Object.keys(closure.sources).sort(),
    native: Object.fromEntries([...resolved].map(([name, { digest }]) => [name, digest])),
    sources: async () => closure.sources,
    channel: 'pipe',
    trace: (written) => traceBundle(root, entry, closure.bundle, written),
    manifest: {
      bundle: pathToFileURL(inBundles(closure.bundle)).href,
      builtins: [...new Set([...launcher.builtins, ...closure.builtins])],
      resolved: Object.fromEntries([...resolved].flatMap(([name, { url }]) => (url ? [[name, url]] : []))),
    },
    command: async ({ manifest, folder, reads, writes, otherwise }: Grants) => {
      for (const name of own) requireWhole(inBundles(name), name);
      // Otherwise the code lies elsewhere too: what holds its own path differs.
      const codeFolder = otherwise ? join(folder, 'code') : bundleFolder(root);
      if (otherwise) {
        mkdirSync(codeFolder, { recursive: true });
        for (const name of own) copyFileSync(inBundles(name), join(codeFolder, name));
      }
      const readable = [
        ...own.map((name) => join(codeFolder, name)),
        ...[...resolved.values()].map((found) => found.reads).filter((path) => path !== ''),
        manifest,
        ...reads,
        ...writes,
      ];
      return {
        file: process.execPath,
        args: [
          ...flags,
          // No other run is given a seed: the compiled code that Node brings is of none, and would be refused. Of hash
          // tables no order that JavaScript shows hangs on it; for Math.random see put-off.ts.
          ...(otherwise ? [otherwiseFlag, '--hash-seed=104729'] : []),
          ...readable.map((path) => `--allow-fs-read=${path}`),
          ...writes.map((path) => `--allow-fs-write=${path}`),
          `--import=${pathToFileURL(join(codeFolder, guard.bundle)).href}?${new URLSearchParams({ manifest })}`,
          join(codeFolder, launcher.bundle),
          manifest,
        ],
        env: {},
        confinement: "Node's permission model",
      };
    },
  };
};
