/** A stage's bundle, kept from one look to the next while nothing that it was made of has changed. */
import { existsSync, mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative } from 'node:path';
import esbuild from 'esbuild';
import { z } from 'zod';
import { writeWhole } from '../run/write-whole.ts';
import { type Bundle, type BundleEntry, bundleOf, type PackageBundles } from './bundle-stage.ts';
import type { FileDigests } from './file-digests.ts';
import { sha256 } from './sha256.ts';
import { sourceDigests } from './source-digests.ts';

const closureSchema = z.strictObject({
  /** Name of the bundle's file, after its content; and of what it loads. */
  bundle: z.string(),
  parts: z.array(z.string()),
  /** Modules of Node's own that it names. */
  builtins: z.array(z.string()),
  /** Names in `import.meta.resolve`. */
  resolves: z.array(z.string()),
  /** Every file that was read -> sha256: while all are the same, so is the bundle. */
  read: z.record(z.string(), z.string()),
  /** Folders in which a new file, or another link, could be found first -> digest of the names in it. */
  listings: z.record(z.string(), z.string()),
  /**
   * Imports of packages, as they were found: importing folder, package's name, folder of the package. It is empty for the
   * project's own name, by which a paper imports what serves every paper: that is in no node_modules.
   */
  packages: z.array(z.tuple([z.string(), z.string(), z.string()])),
  /** Project file -> digest without comments and layout. */
  sources: z.record(z.string(), z.string()),
});

/** All code that a stage can run; its paths are relative to the project. */
export type StageClosure = z.output<typeof closureSchema>;

const packageName = (specifier: string): string =>
  specifier.split('/', specifier.startsWith('@') ? 2 : 1).join('/');

/** The folder that Node would take a package from: the innermost node_modules that holds it, and where a link there leads. */
const packageFolder = (from: string, name: string): string | undefined => {
  for (let folder = from; ; folder = dirname(folder)) {
    const candidate = join(folder, 'node_modules', name);
    if (existsSync(candidate)) return realpathSync(candidate);
    if (folder === dirname(folder)) return undefined;
  }
};

const inPackage = (path: string): boolean => path.includes('node_modules/');

/**
 * Every package.json that a file lies below, there or not: they say which file of a package is meant, and what of the
 * project may be left out.
 */
const packageFiles = (root: string, files: readonly string[]): readonly string[] => {
  const folders = new Set<string>();
  for (const file of files) {
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) folders.add(folder);
  }
  return [...folders].map((folder) => relative(root, join(folder, 'package.json')));
};

const isFresh = (root: string, closure: StageClosure, digests: FileDigests): boolean =>
  [closure.bundle, ...closure.parts].every((name) => existsSync(join(bundleFolder(root), name))) &&
  Object.entries(closure.read).every(([path, digest]) => (digests.file(join(root, path)) ?? '') === digest) &&
  Object.entries(closure.listings).every(([path, digest]) => digests.listing(join(root, path)) === digest) &&
  closure.packages.every(
    ([from, name, folder]) => (packageFolder(join(root, from), name) ?? root) === join(root, folder),
  );

export const bundleFolder = (root: string): string => join(root, '.paper', 'bundles');

/**
 * By the text: whatever imports or requires a module of Node's own does so by its whole name in a bundle, and
 * getBuiltinModule() takes the short one too. A name that is only known when it runs is refused then.
 */
const builtinsIn = ({ text, parts }: Bundle): string[] => {
  const scripts = parts.filter(({ name }) => name.endsWith('.mjs'));
  const texts = [text, ...scripts.map(({ content }) => Buffer.from(content).toString('utf8'))];
  const named = new Set(
    texts.flatMap((code) =>
      [...code.matchAll(/(["'`])node:([\w/]+)\1|getBuiltinModule\(\s*(["'`])([\w/]+)\3/g)].map(
        ([, , whole, , short]) => whole ?? short,
      ),
    ),
  );
  const names = new Set([...builtinModules, 'sqlite'].map((name) => name.replace(/^node:/, '')));
  return [...names].filter((name) => named.has(name));
};

const kept = (file: string): StageClosure | undefined => {
  try {
    return closureSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return undefined;
  }
};

const putBundle = (root: string, bundle: Bundle): string => {
  mkdirSync(bundleFolder(root), { recursive: true });
  const name = `${sha256(bundle.text)}.mjs`;
  for (const part of [...bundle.parts, { name, content: Buffer.from(bundle.text) }]) {
    writeWhole(join(bundleFolder(root), part.name), part.content);
  }
  return name;
};

/** What makes a closure, by its own sources: one that was kept by other code is made again. */
const tools = sha256(
  [
    `esbuild ${esbuild.version}`,
    ...[
      'bundle-stage.ts',
      'fixed-names.ts',
      'folders-looked.ts',
      'name-chunks.ts',
      'project-code.ts',
      'source-digests.ts',
      'split-order.ts',
      'stage-closure.ts',
      'without-schemas.ts',
    ].map((name) => readFileSync(new URL(name, import.meta.url), 'utf8')),
  ].join('\n'),
);

/**
 * @param digests of this look at the disk
 * @throws UntraceableImport, StageCodeBroken
 */
export const stageClosure = async (
  root: string,
  entry: BundleEntry,
  digests: FileDigests,
  shared: PackageBundles,
): Promise<StageClosure> => {
  const module = relative(root, entry.module);
  const file = join(root, '.paper', 'closures', `${sha256(`${tools}\n${module}#${entry.exportName}`)}.json`);
  const before = kept(file);
  if (before && isFresh(root, before, digests)) return before;

  const bundle = await bundleOf(root, entry, shared);
  const read = bundle.read.map((path) => relative(root, path));
  const packaged = bundle.read.filter(inPackage);
  const files = [...read, ...packageFiles(root, bundle.read)];
  const folders = new Set([...packaged.map(dirname), ...bundle.looked].map((path) => relative(root, path)));
  const found = bundle.packages.map(({ from, specifier }) => {
    const name = packageName(specifier);
    const folder = packageFolder(from, name) ?? root;
    return [relative(root, from), name, relative(root, folder)] as [string, string, string];
  });
  const closure: StageClosure = {
    bundle: putBundle(root, bundle),
    parts: bundle.parts.map(({ name }) => name).sort(),
    builtins: builtinsIn(bundle),
    resolves: [...bundle.resolves],
    read: Object.fromEntries(files.map((path) => [path, digests.file(join(root, path)) ?? ''])),
    listings: Object.fromEntries([...folders].map((path) => [path, digests.listing(join(root, path))])),
    packages: [...new Map(found.map((line) => [line.join('\0'), line])).values()],
    sources: await sourceDigests(
      root,
      read.filter((path) => !inPackage(path) && digests.file(join(root, path)) !== undefined),
    ),
  };
  mkdirSync(dirname(file), { recursive: true });
  writeWhole(file, JSON.stringify(closure));
  return closure;
};
