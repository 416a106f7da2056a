/** Whether code that lies in several files does what it did as modules. */
import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Metafile, type PluginBuild } from 'esbuild';
import { sha256 } from './sha256.ts';
import { withoutSchemas } from './without-schemas.ts';

type Imports = readonly { readonly path: string; readonly kind: string; readonly external?: boolean }[];

/**
 * What is evaluated with a file, each once: what it imports comes before it.
 *
 * @param isOfOthers whether what lies beside has a place in it too
 */
const evaluated = (
  start: string,
  importsOf: (path: string) => Imports,
  isOfOthers = false,
): readonly string[] => {
  const seen = new Set<string>();
  const order: string[] = [];
  const visit = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind, external } of importsOf(path)) {
      if (kind === 'import-statement' && (isOfOthers || !external)) visit(next);
    }
    order.push(path);
  };
  visit(start);
  return order;
};

/** What is left of a module where nobody uses its exports. */
const shakenOff = async (text: string, loader: 'ts' | 'js'): Promise<string> => {
  const contents = await withoutSchemas(text);
  const alone = {
    name: 'alone',
    setup: ({ onLoad, onResolve }: PluginBuild): void => {
      onResolve({ filter: /.*/ }, ({ importer }) =>
        importer === '<stdin>'
          ? { path: 'alone', namespace: 'alone' }
          : { path: 'other', external: true, sideEffects: false },
      );
      onLoad({ filter: /.*/, namespace: 'alone' }, () => ({ contents, loader }));
    },
  };
  const { outputFiles } = await build({
    stdin: { contents: "import './alone';" },
    bundle: true,
    format: 'esm',
    minify: true,
    legalComments: 'none',
    write: false,
    logLevel: 'silent',
    tsconfigRaw: '{}',
    plugins: [alone],
  });
  return outputFiles[0]!.text.trim();
};

/** By a module's text: most stages reach the same ones. */
const known = new Map<string, Promise<string>>();

/** What a module does as it loads. */
const actsOf = (root: string, path: string): Promise<string> => {
  if (!/\.m?[jt]s$/.test(path)) return Promise.resolve(''); // data
  const text = readFileSync(join(root, path), 'utf8');
  const loader = path.endsWith('ts') ? 'ts' : 'js';
  const of = sha256(`${loader}\n${text}`);
  if (!known.has(of)) known.set(of, shakenOff(text, loader));
  return known.get(of)!;
};

/** What the bundler itself was told as its entry only passes on. */
const isOwn = (root: string, module: string): boolean =>
  !module.includes('node_modules/') && statSync(join(root, module), { throwIfNoEntry: false }) !== undefined;

/** What a module shares with those that it does not import. */
const shared = /\b(?:globalThis|global|process|prototype)\b|\bObject\.(?:assign|define)|\bsetPrototypeOf\b/;

/**
 * Packages lie beside a bundle, and are evaluated before all that stands in it: whether nothing of the project acts, before
 * one of them in the modules, on what the package may read, such as a global.
 */
export const packagesComeFirst = async (root: string, { inputs, outputs }: Metafile): Promise<boolean> => {
  const files = Object.entries(outputs).filter(([path]) => path.endsWith('.mjs'));
  for (const [path, { entryPoint }] of files) {
    if (entryPoint === undefined) continue;
    const loaded = evaluated(path, (file) => outputs[file]?.imports ?? []);
    const beside = new Set(
      loaded.flatMap((file) =>
        (outputs[file]?.imports ?? []).flatMap(({ path: part, external }) =>
          external && part.startsWith('./') ? part : [],
        ),
      ),
    );
    if (beside.size === 0) continue;
    const meant = evaluated(entryPoint, (module) => inputs[module]?.imports ?? [], true);
    const last = meant.findLastIndex((module) => beside.has(module));
    for (const module of meant.slice(0, last)) {
      if (isOwn(root, module) && shared.test(await actsOf(root, module))) return false;
    }
  }
  return true;
};

/**
 * What several files share is a file of its own, evaluated before all that stands in those that import it, also before
 * what the modules themselves imported first. And of CommonJS that is imported while code runs, the file would give its
 * default alone, where Node gives its names too.
 */
export const splitsAlike = async (root: string, { inputs, outputs }: Metafile): Promise<boolean> => {
  const files = Object.entries(outputs).filter(([path]) => path.endsWith('.mjs'));
  if (files.length === 1) return true;
  const late = Object.values(inputs).flatMap(({ imports }) =>
    imports.filter(({ kind, external }) => kind === 'dynamic-import' && !external).map(({ path }) => path),
  );
  if (late.some((path) => inputs[path]?.format === 'cjs')) return false;
  for (const [path, { entryPoint }] of files) {
    if (entryPoint === undefined) continue;
    const meant = evaluated(entryPoint, (module) => inputs[module]?.imports ?? []);
    const place = new Map(meant.map((module, index) => [module, index]));
    const split = evaluated(path, (file) => outputs[file]?.imports ?? []).flatMap((file) =>
      Object.keys(outputs[file]?.inputs ?? {})
        .filter((module) => place.has(module))
        .sort((one, other) => place.get(one)! - place.get(other)!),
    );
    // Where both orders agree so far, nothing was moved.
    const kept = new Set(split);
    const before = meant.filter((module) => kept.has(module));
    if (before.every((module, index) => module === split[index])) continue;
    const acting: string[] = [];
    for (const module of split) {
      if (!isOwn(root, module)) continue;
      if ((await actsOf(root, module)) !== '') acting.push(module);
    }
    if (acting.some((module, index) => index > 0 && place.get(acting[index - 1]!)! > place.get(module)!)) {
      return false;
    }
  }
  return true;
};
