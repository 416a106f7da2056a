/** Turns the code of a stage into the one file that is hashed and that runs. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { basename, dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildResult, build, type Metafile, type Plugin, transform } from 'esbuild';
import escapeStringRegexp from 'escape-string-regexp';
import { positionAt } from '../stage/position-at.ts';
import { faultOfWarning, importDropped, plainly, untraceable } from './bundle-faults.ts';
import { type MappedCode, withFixedNames } from './fixed-names.ts';
import { foldersLooked } from './folders-looked.ts';
import { chunkNames, type NamedChunk, nameChunks } from './name-chunks.ts';
import { sha256 } from './sha256.ts';
import { withoutSchemas } from './without-schemas.ts';

/** What a bundle is of: an export of a module, or a module for its own sake (a worker's, a package's). */
export interface BundleEntry {
  /** Absolute path of a source file. */
  readonly module: string;
  readonly exportName?: string;
  /** Code of a worker: nothing runs before the guard. */
  readonly isWorker?: boolean;
  /** The launcher, which is told what to import: the very bundle whose digest is in the key. */
  readonly isLauncher?: boolean;
  /** With a source map: the text is the same. */
  readonly isMapped?: boolean;
}

export interface Bundle {
  readonly text: string;
  /**
   * From places in the text, and in those of the parts that are the project's own, to places in the sources, relative to
   * the project: by the file's name, where they were asked for.
   */
  readonly maps: Readonly<Record<string, string>>;
  /** All files that were read for it, absolute; those of `node_modules` too. */
  readonly read: readonly string[];
  /** Bundles and copies of files that it loads by their digest, besides those of their own. */
  readonly parts: readonly BundlePart[];
  /** Names in `import.meta.resolve`: native addons and packages' data, read by path. */
  readonly resolves: readonly string[];
  /** Imports of packages: from which folder, by what name, to which file. */
  readonly packages: readonly PackageImport[];
  /** Folders in which the project's own imports were looked for, by the paths that they name: links are not followed. */
  readonly looked: readonly string[];
}

/** A file beside the bundle, named after its content. */
export interface BundlePart {
  readonly name: string;
  readonly content: Uint8Array;
}

export interface PackageImport {
  readonly from: string;
  readonly specifier: string;
  readonly path: string;
}

const minified = {
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'none',
  charset: 'utf8',
  format: 'esm',
  platform: 'node',
  target: 'node22',
} as const;

/** What stands for `import.meta.resolve`: a bundle lies elsewhere than its sources, and is told where packages are. */
export const resolveName = 'stageResolve';

const scriptEndings = new Set(['.ts', '.mts', '.js', '.mjs']);
const inPackage = (path: string): boolean => path.includes('/node_modules/');

/** `new URL('./part.ts', import.meta.url)`: a worker's code, or a data file beside the source. */
const partUrl = /new\s+URL\(\s*(['"`])(\.(?:[^'"`$]|\$(?!\{))+)\1\s*,\s*import\.meta\.url\s*,?\s*\)/g;

const requireMaker = /\bcreateRequire\s*\(/;

/** The nearest package.json's word on whether a file is an ES module. */
const isEsModule = (path: string): boolean => {
  if (path.endsWith('.mjs')) return true;
  if (!path.endsWith('.js')) return false;
  for (let folder = dirname(path); inPackage(folder); folder = dirname(folder)) {
    const about = join(folder, 'package.json');
    if (existsSync(about)) return JSON.parse(readFileSync(about, 'utf8')).type === 'module';
  }
  return false;
};

/**
 * The file that a package offers to bundlers as an ES module, beside one in an older form whose own imports are only
 * known when it runs (UMD).
 */
const moduleEntry = (specifier: string, path: string): string | undefined => {
  const [, folder = '', name] = /^(.*\/node_modules\/((?:@[^/]+\/)?[^/]+))\//.exec(path) ?? [];
  if (name !== specifier || !readFileSync(path, 'utf8').includes('define.amd')) return undefined;
  const { exports, module } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return exports === undefined && typeof module === 'string' ? join(folder, module) : undefined;
};

interface Found {
  readonly parts: Map<string, BundlePart>;
  readonly read: Set<string>;
  readonly packages: PackageImport[];
  readonly resolves: Set<string>;
  readonly looked: Set<string>;
}

/** A part's file is named after its content, so that whoever names it holds its digest. */
const addPart = (found: Found, content: Uint8Array | string, ending: string): string => {
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  const name = `${sha256(bytes)}${ending}`;
  found.parts.set(name, { name, content: bytes });
  return name;
};

const absorb = (found: Found, bundle: Bundle): void => {
  for (const path of bundle.read) found.read.add(path);
  for (const part of bundle.parts) found.parts.set(part.name, part);
  for (const name of bundle.resolves) found.resolves.add(name);
  for (const folder of bundle.looked) found.looked.add(folder);
  found.packages.push(...bundle.packages);
};

/** Packages' bundles of one look: shared by all stages that import them. */
export type PackageBundles = Map<string, Promise<Bundle>>;

/** @throws ImportDropped where a file imports a package for what it does, and nothing of it by name */
const requireNames = (root: string, importer: string, specifier: string): void => {
  const text = readFileSync(importer, 'utf8');
  const bare = new RegExp(`((?:^|;)[ \\t]*import\\s*)(['"])${escapeStringRegexp(specifier)}\\2`, 'm').exec(
    text,
  );
  if (!bare) return;
  throw importDropped(specifier, positionAt(relative(root, importer), text, bare.index + bare[1]!.length));
};

const projectCode = (root: string, found: Found, shared: PackageBundles): Plugin => ({
  name: 'project-code',
  setup: (plugin) => {
    plugin.onResolve(
      { filter: /^[^./]/ },
      async ({ path: specifier, pluginData, importer, resolveDir, kind }) => {
        if (pluginData === 'resolving' || kind === 'entry-point') return undefined;
        if (isBuiltin(specifier)) {
          return { path: specifier.startsWith('node:') ? specifier : `node:${specifier}`, external: true };
        }
        const resolved = await plugin.resolve(specifier, {
          kind,
          resolveDir,
          importer,
          pluginData: 'resolving',
        });
        if (resolved.errors.length > 0) return resolved;
        found.packages.push({ from: resolveDir, specifier, path: resolved.path });
        const asModule = isEsModule(resolved.path) ? undefined : moduleEntry(specifier, resolved.path);
        if (asModule !== undefined) return { path: asModule };
        // A package's own imports, and CommonJS, whose names are only known when it runs, go into the importer's bundle.
        if (inPackage(importer) || !inPackage(resolved.path) || !isEsModule(resolved.path)) return resolved;
        // Of what is loaded beside a bundle, the bundler leaves an import out without a warning.
        if (!resolved.sideEffects) requireNames(root, importer, specifier);
        if (!shared.has(resolved.path))
          shared.set(resolved.path, bundleOf(root, { module: resolved.path }, shared));
        const bundle = await shared.get(resolved.path)!;
        absorb(found, bundle);
        return {
          path: `./${addPart(found, bundle.text, '.mjs')}`,
          external: true,
          sideEffects: resolved.sideEffects,
        };
      },
    );
    plugin.onLoad({ filter: /\.m?[jt]s$/ }, async ({ path }) => {
      if (inPackage(path)) return undefined;
      const text = readFileSync(path, 'utf8');
      const loader = path.endsWith('ts') ? 'ts' : 'js';
      const created = requireMaker.exec(text);
      // A comment that names it makes nothing.
      if (created && requireMaker.test((await transform(text, { loader, legalComments: 'none' })).code)) {
        const { file, line } = positionAt(relative(root, path), text, created.index);
        throw untraceable({ file, line }, text.split('\n')[line - 1]!.trim());
      }
      let contents = await withoutSchemas(text);
      for (const [whole, , beside = ''] of text.matchAll(partUrl)) {
        const target = join(dirname(path), beside);
        // Also of one that is not there: when it comes, the bundle is another.
        found.read.add(target);
        if (!statSync(target, { throwIfNoEntry: false })?.isFile()) continue;
        let name: string;
        if (scriptEndings.has(extname(target))) {
          const bundle = await bundleOf(root, { module: target, isWorker: true }, shared);
          absorb(found, bundle);
          name = addPart(found, bundle.text, '.mjs');
        } else name = addPart(found, readFileSync(target), extname(target));
        contents = contents.replace(whole, `new URL(${JSON.stringify(`./${name}`)}, import.meta.url)`);
      }
      return { contents, loader, resolveDir: dirname(path) };
    });
  },
});

/** Refuses what a stage does not declare. */
const guard = fileURLToPath(new URL('../run/worker-guard.ts', import.meta.url));

const entryName = 'stage-entry';

/** Absolute paths of all that was read, whether or not something of it was kept. */
const readBy = (root: string, { inputs }: Metafile): readonly string[] =>
  Object.keys(inputs)
    .filter((path) => !path.startsWith(entryName))
    .map((path) => join(root, path));

const bundleName = 'bundle';

/** What the bundler wrote, by its name without ending. */
const codesIn = ({ outputFiles }: BuildResult<{ write: false }>): ReadonlyMap<string, MappedCode> => {
  const texts = new Map(outputFiles.map(({ path, text }) => [basename(path), text]));
  return new Map(
    [...texts]
      .filter(([name]) => name.endsWith('.mjs'))
      .map(([name, code]) => [basename(name, '.mjs'), { code, map: texts.get(`${name}.map`) }]),
  );
};

const computedResolve = new RegExp(`${resolveName}\\((?!"[^"]+"\\))[^)]{0,60}`);
const literalResolve = new RegExp(`${resolveName}\\("([^"]+)"\\)`, 'g');

/**
 * Bundles an entry's transitive imports. Comments, layout, types, the names of locals and exports that nobody uses do
 * not count: names are dealt out to the finished text, not to the files that it came of.
 *
 * @throws UntraceableImport when an import's name is only known at run time
 * @throws StageCodeBroken when the code does not parse or an import does not resolve
 */
export const bundleOf = async (
  root: string,
  { module, exportName, isWorker, isLauncher, isMapped = false }: BundleEntry,
  shared: PackageBundles,
): Promise<Bundle> => {
  const found: Found = {
    parts: new Map(),
    read: new Set(),
    packages: [],
    resolves: new Set(),
    looked: new Set(),
  };
  const from = JSON.stringify(`./${relative(root, module)}`);
  const isPackage = inPackage(module);
  const worker = isWorker ? `import ${JSON.stringify(guard)}; import ${from};` : undefined;
  const entry = exportName === undefined ? worker : `export { ${exportName} as definition } from ${from};`;
  const bundled = (isSplit: boolean) =>
    build({
      ...minified,
      absWorkingDir: root,
      ...(entry === undefined
        ? { entryPoints: [module] }
        : { stdin: { contents: entry, resolveDir: root, sourcefile: entryName, loader: 'ts' } }),
      bundle: true,
      // Node's own: without them the doors that packages keep for bundlers would be taken.
      conditions: ['node-addons', 'module-sync'],
      write: false,
      outdir: '.',
      entryNames: bundleName,
      outExtension: { '.js': '.mjs' },
      // What code imports while it runs is a file of its own: within one file, exports that nobody uses would be kept.
      splitting: isSplit,
      chunkNames,
      metafile: true,
      sourcemap: isMapped && 'external',
      minifyIdentifiers: isPackage,
      tsconfigRaw: '{}',
      logLevel: 'silent',
      define: { 'import.meta.resolve': resolveName },
      logOverride: { 'unsupported-dynamic-import': 'warning', 'unsupported-require-call': 'warning' },
      plugins: [projectCode(root, found, shared)],
    }).catch(plainly);
  const result = await bundled(!isPackage);
  const [fault] = result.warnings.flatMap((warning) => faultOfWarning(warning) ?? []);
  if (fault && !isLauncher) throw fault;
  if (!isPackage) {
    for (const folder of foldersLooked(root, result.metafile, found.parts)) found.looked.add(folder);
  }
  const shorten = (code: MappedCode): Promise<MappedCode> =>
    isPackage ? Promise.resolve(code) : withFixedNames(code, minified, Object.keys(result.metafile.inputs));
  const named =
    (await nameChunks(bundleName, codesIn(result), shorten)) ??
    // Files that import each other in a ring are one.
    (await nameChunks(bundleName, codesIn(await bundled(false)), shorten))!;
  const [{ code: text }, ...chunks] = named as [NamedChunk, ...NamedChunk[]];
  for (const { name, code } of chunks) found.parts.set(name, { name, content: Buffer.from(code) });
  for (const { code } of named) {
    const resolving = computedResolve.exec(code);
    if (resolving && !isPackage) {
      throw untraceable(undefined, resolving[0].replace(resolveName, 'import.meta.resolve'));
    }
    for (const [, name = ''] of code.matchAll(literalResolve)) found.resolves.add(name);
  }
  for (const path of readBy(root, result.metafile)) found.read.add(path);
  // What a comment named, or a branch that was shaken off, is not loaded.
  const parts = [...found.parts.values()];
  const texts = [
    text,
    ...parts
      .filter(({ name }) => name.endsWith('.mjs'))
      .map(({ content }) => Buffer.from(content).toString('utf8')),
  ];
  return {
    text,
    maps: Object.fromEntries(named.flatMap(({ name, map }) => (map === undefined ? [] : [[name, map]]))),
    read: [...found.read].sort(),
    parts: parts.filter(({ name }) => texts.some((code) => code.includes(name))),
    resolves: [...found.resolves].sort(),
    packages: found.packages,
    looked: [...found.looked].sort(),
  };
};
