/** Holds the modules that pages are made of to what they import: all else may change, and no page would be rendered anew. */
import { existsSync, readFileSync, realpathSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, isAbsolute, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type PaperError, positionAt } from '../engine/stage/index.ts';
import { codeInPage } from './markdown/code-in-page.ts';
import type { Part } from './markdown/elements-in-code.ts';
import { unkeyedRead } from './unkeyed-read.ts';
import { type CodeReads, type NamedImport, type UnkeyedRead, unkeyedReads } from './unkeyed-reads.ts';

/** The site's own code: of its reading, keys know. */
const tool = realpathSync(fileURLToPath(new URL('..', import.meta.url)));

const endings = ['.ts', '.tsx', '.mts', '.js', '.jsx', '.mjs', '.astro', '.mdx'];

const isFile = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isFile() === true;

/** Whether a file is code that an author wrote. @param path as links lead to it */
const isAuthors = (path: string): boolean =>
  endings.includes(extname(path)) && !path.includes('/node_modules/') && !path.startsWith(tool);

/** Code that does not parse is told by who loads it. */
const codeOf = async (path: string, text: string): Promise<CodeReads> => {
  const none: CodeReads = { reads: [], imports: [] };
  const ending = extname(path).slice(1);
  try {
    if (ending === 'mdx') return codeInPage(text);
    if (ending === 'astro') {
      const { parse } = await import('@astrojs/compiler-rs');
      return unkeyedReads(parse(text).ast as unknown as Part);
    }
    const { parseAst } = await import('rolldown/parseAst');
    const lang = ending.endsWith('x') ? 'tsx' : ending.endsWith('ts') ? 'ts' : 'jsx';
    return unkeyedReads(parseAst(text, { lang, sourceType: 'module' }) as unknown as Part);
  } catch {
    return none;
  }
};

/** Where a path of an import leads; undefined of the name of a package. */
const placeOf = (root: string, from: string, name: string): string | undefined => {
  if (!/^\.{0,2}\//.test(name)) return undefined;
  if (!isAbsolute(name)) return join(dirname(from), name);
  return existsSync(name) ? name : join(root, name);
};

/** Where builds write: while one renders, what the one before it wrote is still there. */
const madeIn = ['dist', '.paper'];

/** Imports of what a build made. @param from where they stand */
export const madeImports = (
  root: string,
  from: string,
  imports: readonly NamedImport[],
): readonly UnkeyedRead[] =>
  imports.flatMap(({ name, part }) => {
    const place = placeOf(root, from, name.split('?')[0]!);
    const [top] = place === undefined ? [] : relative(root, place).split(sep);
    return top !== undefined && madeIn.includes(top) ? [{ kind: 'made', what: name, part }] : [];
  });

/** The author's file that an import means; undefined for what is none, or is not there. */
const fileOf = (root: string, from: string, specifier: string): string | undefined => {
  const [name = '', query] = specifier.split('?');
  // The text of a file, or its address, runs nothing.
  if (query !== undefined) return undefined;
  const at = placeOf(root, from, name);
  let path: string | undefined;
  if (at !== undefined) {
    const written = at.replace(/\.([mc]?)js(x?)$/, '.$1ts$2');
    path = [at, written, ...['', '/index'].flatMap((end) => endings.map((of) => at + end + of))].find(isFile);
  } else {
    try {
      path = createRequire(from).resolve(name);
    } catch {
      return undefined;
    }
  }
  return path !== undefined && isFile(path) && isAuthors(realpathSync(path)) ? path : undefined;
};

/** What one look at modules found. */
export interface KeyedModules {
  readonly faults: readonly PaperError[];
  /** Every file that was followed, absolute. */
  readonly files: readonly string[];
}

/** One module's own mistakes: UnkeyedRead. */
export const unkeyedIn = async (root: string, path: string): Promise<KeyedModules> => {
  if (!isFile(path) || !isAuthors(realpathSync(path))) return { faults: [], files: [] };
  const text = readFileSync(path, 'utf8');
  const { reads, imports } = await codeOf(path, text);
  const file = relative(root, path);
  return {
    faults: [...reads, ...madeImports(root, path, imports)].map(({ kind, what, part }) =>
      unkeyedRead(kind, what, positionAt(file, text, Number(part['start'] ?? 0))),
    ),
    files: imports.flatMap(({ name }) => fileOf(root, path, name) ?? []),
  };
};

/**
 * Looks at modules and at all that they import, wherever it stands, but for packages. Faults: UnkeyedRead
 *
 * @param from where names are relative to
 * @param names of what is imported there
 */
export const keyedModules = async (
  root: string,
  from: string,
  names: readonly string[],
): Promise<KeyedModules> => {
  const faults: PaperError[] = [];
  const seen = new Set<string>();
  const waiting = names.flatMap((name) => fileOf(root, from, name) ?? []);
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    if (seen.has(path)) continue;
    seen.add(path);
    const found = await unkeyedIn(root, path);
    faults.push(...found.faults);
    waiting.push(...found.files);
  }
  return { faults, files: [...seen] };
};
