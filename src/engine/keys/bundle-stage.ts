/** Turns the code of a stage into the one file that is hashed and that runs. */
import { SourceMap, type SourceMapPayload } from 'node:module';
import { basename, join, relative } from 'node:path';
import { type BuildResult, build, type Metafile, type Plugin } from 'esbuild';
import type { SourcePosition } from '../stage/paper-error.ts';
import { faultOfWarning, plainly, untraceable } from './bundle-faults.ts';
import { type MappedCode, withFixedNames } from './fixed-names.ts';
import { foldersLooked } from './folders-looked.ts';
import { chunkNames, type NamedChunk, nameChunks } from './name-chunks.ts';
import { type Found, inPackage, projectCode } from './project-code.ts';
import { packagesComeFirst, splitsAlike } from './split-order.ts';

/** What a bundle is of: an export of a module, or a module for its own sake (a worker's, a package's). */
export interface BundleEntry {
  /** Absolute path of a source file. */
  readonly module: string;
  readonly exportName?: string;
  /** Modules whose bundles are being made for this one's sake. */
  readonly within?: readonly string[];
  /** The launcher, which is told what to import: the very bundle whose digest is in the key. */
  readonly isLauncher?: boolean;
  /**
   * What runs before all else, and puts off what takes long: it asks Node for its modules, since an import of one would
   * evaluate all that it exports.
   */
  readonly isGuard?: boolean;
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

/** Packages' bundles of one look: shared by all stages that import them. */
export type PackageBundles = Map<string, Promise<Bundle>>;

const entryName = 'stage-entry';
const builtinNamespace = 'builtin';

/** Absolute paths of all that was read, whether or not something of it was kept. */
const readBy = (root: string, { inputs }: Metafile): readonly string[] =>
  Object.keys(inputs)
    .filter((path) => !path.startsWith(entryName) && !path.startsWith(`${builtinNamespace}:`))
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

const askForBuiltins: Plugin = {
  name: 'ask-for-builtins',
  setup: ({ onResolve, onLoad }) => {
    onResolve({ filter: /^node:/ }, ({ path }) => ({ path, namespace: builtinNamespace }));
    onLoad({ filter: /^/, namespace: builtinNamespace }, ({ path }) => ({
      contents: `module.exports = process.getBuiltinModule(${JSON.stringify(path)});`,
    }));
  },
};

/** Where in the sources something of a bundle's text comes from. */
const originIn = ({ code, map }: MappedCode, index: number): SourcePosition | undefined => {
  if (map === undefined) return undefined;
  const before = code.slice(0, index).split('\n');
  const found = new SourceMap(JSON.parse(map) as SourceMapPayload).findOrigin(
    before.length,
    (before.at(-1)?.length ?? 0) + 1,
  );
  return 'fileName' in found
    ? { file: found.fileName, line: found.lineNumber, column: found.columnNumber }
    : undefined;
};

const computedResolve = new RegExp(`${resolveName}(?:\\?\\.)?\\((?!"[^"]+"\\))[^)]{0,60}`);
const literalResolve = new RegExp(`${resolveName}(?:\\?\\.)?\\("([^"]+)"\\)`, 'g');

/**
 * Bundles an entry's transitive imports. Comments, layout, types, the names of locals and exports that nobody uses do
 * not count: names are dealt out to the finished text, not to the files that it came of.
 *
 * @throws UntraceableImport when an import's name is only known at run time
 * @throws StageCodeBroken when the code does not parse or an import does not resolve
 */
export const bundleOf = async (root: string, asked: BundleEntry, shared: PackageBundles): Promise<Bundle> => {
  const { module, exportName, within = [], isLauncher, isGuard, isMapped = false } = asked;
  const found: Found = {
    parts: new Map(),
    maps: new Map(),
    read: new Set(),
    packages: [],
    resolves: new Set(),
    looked: new Set(),
  };
  const from = JSON.stringify(`./${relative(root, module)}`);
  const isPackage = inPackage(module);
  const entry = exportName === undefined ? undefined : `export { ${exportName} as definition } from ${from};`;
  /**
   * @param isParted what code imports while it runs is a file of its own: in one file, exports that nobody uses would be kept
   * @param isWhole with its packages inside
   */
  const bundled = (isParted: boolean, isWhole: boolean, isShort = isPackage) =>
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
      splitting: isParted,
      chunkNames,
      metafile: true,
      sourcemap: isMapped && 'external',
      minifyIdentifiers: isShort,
      tsconfigRaw: '{}',
      logLevel: 'silent',
      define: { 'import.meta.resolve': resolveName },
      logOverride: { 'unsupported-dynamic-import': 'warning', 'unsupported-require-call': 'warning' },
      plugins: [
        ...(isGuard ? [askForBuiltins] : []),
        projectCode(root, found, shared, { within: [...within, module], isWhole }, (of) =>
          bundleOf(root, { ...of, isMapped }, shared),
        ),
      ],
    }).catch(plainly);
  const beside = await bundled(!isPackage, false);
  const isWhole = !isPackage && !(await packagesComeFirst(root, beside.metafile));
  const result = isWhole ? await bundled(true, true) : beside;
  const [fault] = result.warnings.flatMap((warning) => faultOfWarning(warning) ?? []);
  if (fault && !isLauncher) throw fault;
  if (!isPackage) {
    for (const folder of foldersLooked(root, result.metafile, found.parts)) found.looked.add(folder);
  }
  const shorten = (code: MappedCode): Promise<MappedCode> =>
    isPackage ? Promise.resolve(code) : withFixedNames(code, minified, Object.keys(result.metafile.inputs));
  const codes = codesIn(result);
  const isSplit = codes.size > 1 && (await splitsAlike(root, result.metafile));
  // By the names of locals files would give each other what they share.
  const several = async () => codesIn(await bundled(isSplit, isWhole, isSplit));
  const named =
    (await nameChunks(bundleName, codes.size === 1 ? codes : await several(), shorten)) ??
    // Files that import each other in a ring are one.
    (await nameChunks(bundleName, codesIn(await bundled(false, isWhole)), shorten))!;
  const [{ code: text }, ...chunks] = named as [NamedChunk, ...NamedChunk[]];
  for (const { name, code } of chunks) found.parts.set(name, { name, content: Buffer.from(code) });
  for (const { code, map } of named) {
    const resolving = computedResolve.exec(code);
    if (resolving && !isPackage) {
      // Bundled once more, for its place.
      if (map === undefined && !isMapped) {
        return bundleOf(root, { ...asked, isMapped: true }, shared);
      }
      throw untraceable(
        originIn({ code, map }, resolving.index),
        resolving[0].replace(resolveName, 'import.meta.resolve'),
      );
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
    maps: {
      ...Object.fromEntries(found.maps),
      ...Object.fromEntries(named.flatMap(({ name, map }) => (map === undefined ? [] : [[name, map]]))),
    },
    read: [...found.read].sort(),
    parts: parts.filter(({ name }) => texts.some((code) => code.includes(name))),
    resolves: [...found.resolves].sort(),
    packages: found.packages,
    looked: [...found.looked].sort(),
  };
};
