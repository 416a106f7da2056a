/** What code behind a page reads besides what it imports: no key of the site holds it. */
import { isBuiltin } from 'node:module';
import { declaredIn } from './bound-names.ts';
import { isPart, type Part } from './markdown/elements-in-code.ts';

export type ReadKind = 'machine' | 'setting' | 'clock' | 'chance' | 'network' | 'unnamed';

/** One that was found. */
export interface UnkeyedRead {
  readonly kind: ReadKind;
  /** As an author knows it. */
  readonly what: string;
  readonly part: Part;
}

export interface CodeReads {
  readonly reads: readonly UnkeyedRead[];
  /** Names of what it imports by name. */
  readonly imports: readonly string[];
}

/** Builtins of Node that give the same for the same. */
const pure = new Set(['assert', 'buffer', 'events', 'path', 'querystring', 'string_decoder', 'url', 'util']);

/** Modules of the site's renderer that bring what is set elsewhere, or files by a list that it keeps. */
const renderers = /^astro:(?!(?:assets|transitions|components|i18n)(?:\/|$))/;

const globals: Readonly<Record<string, ReadKind>> = {
  process: 'setting',
  Deno: 'setting',
  Bun: 'setting',
  navigator: 'setting',
  globalThis: 'unnamed',
  global: 'unnamed',
  require: 'unnamed',
  eval: 'unnamed',
  Function: 'unnamed',
  performance: 'clock',
  fetch: 'network',
  XMLHttpRequest: 'network',
  WebSocket: 'network',
  EventSource: 'network',
};

const members: Readonly<Record<string, ReadKind>> = {
  'Date.now': 'clock',
  'Math.random': 'chance',
  'crypto.randomUUID': 'chance',
  'crypto.getRandomValues': 'chance',
  'import.meta.env': 'setting',
  'import.meta.dirname': 'setting',
  'import.meta.filename': 'setting',
  'import.meta.glob': 'unnamed',
};

/** What the site's key holds of them. */
const keyed = new Set(['import.meta.env.BASE_URL', 'import.meta.env.SITE']);

const known = (of: Readonly<Record<string, ReadKind>>, name: string): ReadKind | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

/** `import.meta.env` and the like, of parts that all have names; undefined of another form. */
const chainOf = (part: unknown): string | undefined => {
  if (!isPart(part)) return undefined;
  if (part.type === 'Identifier') return String(part.name);
  if (part.type === 'MetaProperty') return 'import.meta';
  if (part.type === 'ChainExpression') return chainOf(part['expression']);
  if (part.type !== 'MemberExpression') return undefined;
  const { object, property } = part as Part & { readonly property: Part };
  const name = part['computed'] ? property['value'] : property.name;
  const before = chainOf(object);
  return before === undefined || typeof name !== 'string' ? undefined : `${before}.${name}`;
};

/** Whether an import or an export brings more than types. */
const bringsValues = (part: Part): boolean => {
  const { importKind, exportKind, specifiers } = part as Part & Record<string, unknown>;
  if (importKind === 'type' || exportKind === 'type') return false;
  const named = Array.isArray(specifiers) ? specifiers : [];
  return named.length === 0 || named.some((of) => of.importKind !== 'type' && of.exportKind !== 'type');
};

const literalOf = (part: unknown): string | undefined => {
  if (!isPart(part)) return undefined;
  if (part.type === 'Literal' && typeof part['value'] === 'string') return part['value'];
  const quasis = part.type === 'TemplateLiteral' ? (part['quasis'] as { value: { cooked: string } }[]) : [];
  return quasis.length === 1 ? quasis[0]!.value.cooked : undefined;
};

/** Members that are names, and no code: of a key, a member, a label. */
const isName = (part: Part, member: string): boolean =>
  !part['computed'] &&
  ((member === 'property' && part.type === 'MemberExpression') || member === 'key' || member === 'label');

/**
 * Looks through code, as a parser gives it; types are none, and neither is what only a reader's browser runs.
 *
 * @param around names that have a meaning where it stands
 */
export const unkeyedReads = (code: Part, around: readonly string[] = []): CodeReads => {
  const reads: UnkeyedRead[] = [];
  const imports: string[] = [];
  const found = (kind: ReadKind | undefined, what: string, part: Part): boolean => {
    if (kind !== undefined) reads.push({ kind, what, part });
    return kind !== undefined;
  };
  const brought = (specifier: string, part: Part): void => {
    const builtin = specifier.replace(/^node:/, '');
    if (isBuiltin(specifier) && !pure.has(builtin.split('/')[0]!)) found('machine', specifier, part);
    else if (renderers.test(specifier)) found('setting', specifier, part);
    else imports.push(specifier);
  };
  const isRead = (part: Part, bound: ReadonlySet<string>): boolean => {
    const chain = chainOf(part);
    if (chain !== undefined) {
      if (keyed.has(chain)) return true;
      const isOwn = bound.has(chain.split('.')[0]!);
      return !isOwn && found(known(part.type === 'Identifier' ? globals : members, chain), chain, part);
    }
    const { callee } = part;
    if (!/^(?:Call|New)Expression$/.test(part.type) || chainOf(callee) !== 'Date' || bound.has('Date'))
      return false;
    const isNow = part.type === 'CallExpression' || (part['arguments'] as unknown[]).length === 0;
    return isNow && found('clock', part.type === 'CallExpression' ? 'Date()' : 'new Date()', part);
  };
  const walk = (value: unknown, bound: ReadonlySet<string>): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, bound);
    if (!isPart(value) || value.type === 'AstroScript') return;
    if (value.type.startsWith('TS')) {
      walk(value['expression'], bound);
      return;
    }
    if (/^(?:Import|Export(?:Named|All|Default))Declaration$/.test(value.type)) {
      const source = literalOf(value['source']);
      if (source !== undefined && bringsValues(value)) brought(source, value);
      walk(value['declaration'], bound);
      return;
    }
    if (value.type === 'ImportExpression') {
      const source = literalOf(value['source']);
      if (source === undefined) found('unnamed', 'import() of a computed name', value);
      else brought(source, value);
    }
    if (isRead(value, bound)) return;
    const within = declaredIn(value);
    const inside = within.length > 0 ? new Set([...bound, ...within]) : bound;
    for (const [member, child] of Object.entries(value)) if (!isName(value, member)) walk(child, inside);
  };
  walk(code, new Set(around));
  return { reads, imports };
};
