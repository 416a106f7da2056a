import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import type * as Parser from 'rolldown/parseAst';
import { positionAt, type SourcePosition } from '../engine/stage/index.ts';
import { isPart, type Part } from '../site/markdown/elements-in-code.ts';
import { filesBelow } from './files-below.ts';

/** What types say of an expression is none of it. */
const bare = (part: unknown): Part | undefined => {
  if (!isPart(part)) return undefined;
  return /^TS\w+Expression$|^ParenthesizedExpression$/.test(part.type) ? bare(part['expression']) : part;
};

const nameOf = (part: unknown): unknown => (isPart(part) ? (part.name ?? part['value']) : undefined);

/** Every object that is written out in a program, however deep, in the order of the text. */
const objectsIn = (value: unknown): readonly Part[] => {
  if (Array.isArray(value)) return value.flatMap(objectsIn);
  if (!isPart(value)) return [];
  const below = Object.values(value).flatMap(objectsIn);
  return value.type === 'ObjectExpression' ? [value, ...below] : below;
};

/** Name -> where a module itself declares it, and what it is. */
const declarationsOf = (program: Part): ReadonlyMap<unknown, Part> => {
  const statements = [program['body']].flat().filter(isPart);
  const declared = statements.map((statement) => bare(statement['declaration']) ?? statement);
  const each = declared.flatMap((one) => [one['declarations'] ?? one].flat()).filter(isPart);
  return new Map(each.map((one) => [nameOf(one['id']), one]));
};

/** How far a path of keys is written out in an object, and the last key of it that is. */
const follow = (
  object: Part | undefined,
  [key, ...rest]: readonly string[],
  declared: ReadonlyMap<unknown, Part>,
): { readonly depth: number; readonly at?: Part } => {
  const value = object?.type === 'Identifier' ? bare(declared.get(object.name)?.['init']) : object;
  if (key === undefined || value?.type !== 'ObjectExpression') return { depth: 0 };
  const found = [value['properties']]
    .flat()
    .filter(isPart)
    .find((property) => property['computed'] !== true && String(nameOf(property['key'])) === key);
  if (!found) return { depth: 0 };
  const { depth, at = found } = follow(bare(found['value']), rest, declared);
  return { depth: depth + 1, at };
};

/** The same of a whole module: of what it declares by the first name, or of any object that has the keys. */
const followIn = (program: Part, [name, ...keys]: readonly string[]) => {
  const declared = declarationsOf(program);
  const own = declared.get(name);
  const { depth, at = own } = follow(bare(own?.['init']), keys, declared);
  const found = objectsIn(program).map((one) => follow(one, keys, declared));
  return found.reduce((best, one) => (one.depth > best.depth ? one : best), {
    depth: depth + (own ? 0.5 : 0),
    ...(at ? { at } : {}),
  });
};

const programOf = (text: string): Part | undefined => {
  // At once, since a place is asked for where an error is made, and only there: its parser takes a while to load.
  const { parseAst } = createRequire(import.meta.url)('rolldown/parseAst') as typeof Parser;
  try {
    return parseAst(text, { lang: 'ts', sourceType: 'module' }) as unknown as Part;
  } catch {
    return undefined;
  }
};

/**
 * Where an author wrote a key: in a module of `content/<paper>`, or in one of the folder of its name. The nearest key
 * around it that is written out, where code makes the rest.
 *
 * @param file from the root
 * @param path name of the export, then keys: `['tables', 'norms', 'columns', 'size']`
 */
export const keyPlace = (root: string, file: string, path: readonly string[]): SourcePosition => {
  const folder = join(root, dirname(file), file.slice(dirname(file).length + 1, -extname(file).length));
  const beside = filesBelow(folder).filter((name) => name.endsWith('.ts'));
  let best: { readonly depth: number; readonly where: SourcePosition } = { depth: 0, where: { file } };
  for (const name of [join(root, file), ...beside]) {
    if (!existsSync(name)) continue;
    const text = readFileSync(name, 'utf8');
    const program = programOf(text);
    const { depth, at } = program ? followIn(program, path) : { depth: 0 };
    if (at && depth > best.depth)
      best = { depth, where: positionAt(relative(root, name), text, Number(at['start'])) };
  }
  return best.where;
};
