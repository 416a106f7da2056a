/** How the bundler reads a stage's code: what is of the project goes into the bundle, what is not lies beside it. */
import { existsSync, readFileSync, statSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import { type Plugin, transform } from 'esbuild';
import escapeStringRegexp from 'escape-string-regexp';
import { positionAt } from '../stage/position-at.ts';
import { importDropped, namesItself, untraceable } from './bundle-faults.ts';
import type { Bundle, BundleEntry, BundlePart, PackageBundles, PackageImport } from './bundle-stage.ts';
import { sha256 } from './sha256.ts';
import { withoutSchemas } from './without-schemas.ts';

type BundleOf = (entry: BundleEntry) => Promise<Bundle>;

const scriptEndings = new Set(['.ts', '.mts', '.js', '.mjs']);
export const inPackage = (path: string): boolean => path.includes('/node_modules/');

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

/** What lies beside a bundle, and what was read and looked for to make it. */
export interface Found {
  readonly parts: Map<string, BundlePart>;
  /** Of parts: see `Bundle`. */
  readonly maps: Map<string, string>;
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
  for (const [name, map] of Object.entries(bundle.maps)) found.maps.set(name, map);
  for (const name of bundle.resolves) found.resolves.add(name);
  for (const folder of bundle.looked) found.looked.add(folder);
  found.packages.push(...bundle.packages);
};

/** @throws ImportDropped where a file imports a package for what it does, and nothing of it by name */
const requireNames = (root: string, importer: string, specifier: string): void => {
  const text = readFileSync(importer, 'utf8');
  const bare = new RegExp(`((?:^|;)[ \\t]*import\\s*)(['"])${escapeStringRegexp(specifier)}\\2`, 'm').exec(
    text,
  );
  if (!bare) return;
  throw importDropped(specifier, positionAt(relative(root, importer), text, bare.index + bare[1]!.length));
};

/**
 * Reads the project's files, and takes each package, worker and data file as a part beside the bundle.
 *
 * @param within modules whose bundles this code goes into
 * @param isWhole whether packages go into the bundle as well
 * @param bundleOf what bundles a part
 */
export const projectCode = (
  root: string,
  found: Found,
  shared: PackageBundles,
  { within, isWhole }: { readonly within: readonly string[]; readonly isWhole: boolean },
  bundleOf: BundleOf,
): Plugin => ({
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
        if (isWhole || inPackage(importer) || !inPackage(resolved.path) || !isEsModule(resolved.path))
          return resolved;
        // Of what is loaded beside a bundle, the bundler leaves an import out without a warning.
        if (!resolved.sideEffects) requireNames(root, importer, specifier);
        if (!shared.has(resolved.path)) shared.set(resolved.path, bundleOf({ module: resolved.path }));
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
      for (const { 0: whole, 2: beside = '', index } of text.matchAll(partUrl)) {
        const target = join(dirname(path), beside);
        // Also of one that is not there: when it comes, the bundle is another.
        found.read.add(target);
        if (!statSync(target, { throwIfNoEntry: false })?.isFile()) continue;
        let name: string;
        if (scriptEndings.has(extname(target))) {
          if (within.includes(target))
            throw namesItself(beside, positionAt(relative(root, path), text, index));
          const bundle = await bundleOf({ module: target, within });
          absorb(found, bundle);
          name = addPart(found, bundle.text, '.mjs');
        } else name = addPart(found, readFileSync(target), extname(target));
        contents = contents.replace(whole, `new URL(${JSON.stringify(`./${name}`)}, import.meta.url)`);
      }
      return { contents, loader, resolveDir: dirname(path) };
    });
  },
});
