/** What code behind a page reads besides what it imports: no key of the site holds it. */
import { isBuiltin } from 'node:module';
import { declaredIn } from './bound-names.ts';
import { isPart, type Part } from './markdown/elements-in-code.ts';

export type ReadKind = 'machine' | 'made' | 'setting' | 'clock' | 'chance' | 'network' | 'unnamed';

/** One that was found. */
export interface UnkeyedRead {
  readonly kind: ReadKind;
  /** As an author knows it. */
  readonly what: string;
  readonly part: Part;
}

/** What is imported by a name that is written out. */
export interface NamedImport {
  readonly name: string;
  readonly part: Part;
}

export interface CodeReads {
  readonly reads: readonly UnkeyedRead[];
  readonly imports: readonly NamedImport[];
}

/** Builtins of Node that give the same for the same. */
const pure = new Set(['assert', 'buffer', 'events', 'path', 'querystring', 'string_decoder', 'url', 'util']);

/** What `util` gives that asks how it was started, or for whom it prints. */
const impureOfUtil = new Set(['default', '*', 'parseArgs', 'styleText', 'debug', 'debuglog', 'getCallSites']);

/** Modules that bring a text of their own, or what stands elsewhere. */
const addressed = /^(?:data|https?|file):/;

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
  PerformanceObserver: 'clock',
  Event: 'clock',
  CustomEvent: 'clock',
  MessageEvent: 'clock',
  CloseEvent: 'clock',
  PerformanceMark: 'clock',
  File: 'clock',
  fetch: 'network',
  XMLHttpRequest: 'network',
  WebSocket: 'network',
  EventSource: 'network',
};

/** Of these, single members are read: the whole, under another name, would give all of them. */
const wholes: Readonly<Record<string, ReadKind>> = {
  Date: 'clock',
  Math: 'chance',
  crypto: 'chance',
  Temporal: 'clock',
  'import.meta': 'unnamed',
};

const members: Readonly<Record<string, ReadKind>> = {
  'Date.now': 'clock',
  'Date.prototype': 'clock',
  'Temporal.Now': 'clock',
  'Math.random': 'chance',
  'crypto.randomUUID': 'chance',
  'crypto.getRandomValues': 'chance',
  'crypto.subtle': 'chance',
  'import.meta.env': 'setting',
  'import.meta.dirname': 'setting',
  'import.meta.filename': 'setting',
  'import.meta.glob': 'unnamed',
};

/** Of a format of dates: without a date it takes today's. */
const dated = new Set(['format', 'formatToParts']);

/** What the site's key holds of them, and what is the same for the same. */
const keyed = new Set(['import.meta.env.BASE_URL', 'import.meta.env.SITE', 'crypto.subtle.digest']);

/** Types around a value, which is what runs. */
const typed =
  /^(?:TS(?:As|Satisfies|NonNull|Instantiation)Expression|TSTypeAssertion|ParenthesizedExpression)$/;

const bare = (part: unknown): unknown =>
  isPart(part) && typed.test(part.type) ? bare(part['expression']) : part;

const known = (of: Readonly<Record<string, ReadKind>>, name: string): ReadKind | undefined =>
  Object.hasOwn(of, name) ? of[name] : undefined;

const nameOfMember = (part: Part): string | undefined => {
  if (part.type !== 'MemberExpression') return undefined;
  const { property } = part as Part & { readonly property: Part };
  const name = part['computed'] ? property['value'] : property.name;
  return typeof name === 'string' ? name : undefined;
};

/** `import.meta.env` and the like, of parts that all have names; undefined of another form. */
const chainOf = (given: unknown): string | undefined => {
  const part = bare(given);
  if (!isPart(part)) return undefined;
  if (part.type === 'Identifier') return String(part.name);
  if (part.type === 'MetaProperty') return 'import.meta';
  if (part.type === 'ChainExpression') return chainOf(part['expression']);
  const name = nameOfMember(part);
  const before = name === undefined ? undefined : chainOf(part['object']);
  return before === undefined ? undefined : `${before}.${name}`;
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

/** What an import or an export takes of a module, by the names that it has there. */
const takenBy = (part: Part): readonly string[] => {
  const specifiers = part['specifiers'] as readonly Record<string, Part | undefined>[] | undefined;
  if (specifiers === undefined) return ['*'];
  return specifiers.map((of) => {
    const { type } = of as unknown as Part;
    if (type === 'ImportDefaultSpecifier') return 'default';
    if (type === 'ImportNamespaceSpecifier') return '*';
    const name = part.type === 'ImportDeclaration' ? of['imported'] : of['local'];
    return String(name?.name ?? name?.['value']);
  });
};

/** Members that are names, and no code: of a key, a member, a label. */
const isName = (part: Part, member: string): boolean =>
  !part['computed'] &&
  ((member === 'property' && part.type === 'MemberExpression') ||
    (member === 'id' && part.type === 'TSEnumMember') ||
    member === 'key' ||
    member === 'label');

/** What of TypeScript runs, beside what stands around a value. */
const runs =
  /^TS(?:Enum(?:Declaration|Body|Member)|Module(?:Declaration|Block)|ParameterProperty|ExportAssignment|ImportEqualsDeclaration|ExternalModuleReference)$/;

const nameOfKey = ({ key, computed }: Part): string | undefined => {
  if (!isPart(key)) return undefined;
  return key.type === 'Identifier' && !computed ? String(key.name) : literalOf(key);
};

/** Of `x.constructor`, x: of a function's, code can be made from a text, and of a date's, one of today. */
const madeBy = (given: unknown): unknown => {
  const part = bare(given);
  return isPart(part) && nameOfMember(part) === 'constructor' ? bare(part['object']) : undefined;
};

/** `Date`, `Function` and other names of kinds, where one is compared with. */
const isGlobalKind = (part: unknown): boolean => /^[A-Z]\w*$/.test(chainOf(part) ?? '');

/**
 * Looks through code, as a parser gives it; types are none, and neither is what only a reader's browser runs.
 *
 * @param around names that have a meaning where it stands
 */
export const unkeyedReads = (code: Part, around: readonly string[] = []): CodeReads => {
  const reads: UnkeyedRead[] = [];
  const imports: NamedImport[] = [];
  const undated: Part[] = [];
  let formatsDates = false;
  const found = (kind: ReadKind | undefined, what: string, part: Part): boolean => {
    if (kind !== undefined) reads.push({ kind, what, part });
    return kind !== undefined;
  };
  const brought = (specifier: string, part: Part, taken: readonly string[]): void => {
    const builtin = specifier.replace(/^node:/, '');
    const impure = builtin === 'util' && taken.some((name) => impureOfUtil.has(name));
    if (isBuiltin(specifier) && (impure || !pure.has(builtin.split('/')[0]!)))
      found('machine', specifier, part);
    else if (addressed.test(specifier)) found('unnamed', specifier.slice(0, 60), part);
    else if (renderers.test(specifier)) found('setting', specifier, part);
    else imports.push({ name: specifier, part });
  };
  /** Whether all that is read there has been looked at. */
  const isRead = (part: Part, bound: ReadonlySet<string>): boolean => {
    const { type } = part;
    const isFree = (chain: string): boolean => !bound.has(chain.split('.')[0]!);
    const chain = chainOf(part);
    if (chain !== undefined && keyed.has(chain)) return true;
    if (chain !== undefined && isFree(chain)) {
      if (found(known(type === 'Identifier' ? globals : members, chain), chain, part)) return true;
      if (found(known(wholes, chain), chain, part)) return true;
      if (known(wholes, chain.replace(/\.[^.]*$/, '')) !== undefined) return true;
    }
    if (/^(?:Call|New)Expression$/.test(type) && chainOf(part['callee']) === 'Date' && isFree('Date')) {
      const given = part['arguments'] as readonly Part[];
      const isNow = type === 'CallExpression' || given.length === 0 || given[0]!.type === 'SpreadElement';
      if (isNow) found('clock', type === 'CallExpression' ? 'Date()' : 'new Date()', part);
      walk(given, bound);
      return true;
    }
    if (type === 'VariableDeclarator' && isPart(part['id']) && part['id'].type === 'ObjectPattern') {
      const whole = chainOf(part['init']);
      if (whole === undefined || !isFree(whole)) return false;
      if (known(wholes, whole) === undefined && whole !== 'import.meta.env') return false;
      for (const one of part['id']['properties'] as readonly Part[]) {
        const name = one.type === 'Property' ? nameOfKey(one) : undefined;
        const member = name === undefined ? whole : `${whole}.${name}`;
        if (keyed.has(member)) continue;
        const kind = known(members, member) ?? known(members, whole);
        found(name === undefined ? (known(wholes, whole) ?? kind) : kind, member, one);
      }
      walk(part['id'], bound);
      return true;
    }
    return false;
  };
  /** What a value is asked for besides itself: of which kind it is. */
  const isKind = (part: Part, bound: ReadonlySet<string>): boolean => {
    const { type, operator, left, right } = part;
    if (type === 'UnaryExpression' && operator === 'typeof') return chainOf(part['argument']) !== undefined;
    if (type !== 'BinaryExpression') {
      const of = isPart(part['object']) && nameOfMember(part) === 'name' && madeBy(part['object']);
      if (of) walk(of, bound);
      return Boolean(of);
    }
    if (operator === 'instanceof' && chainOf(right) !== undefined) {
      walk(left, bound);
      return true;
    }
    if (!/^[!=]==?$/.test(String(operator)) || !(madeBy(left) || madeBy(right))) return false;
    for (const side of [left, right]) if (!isGlobalKind(side)) walk(madeBy(side) || side, bound);
    return true;
  };
  const walk = (value: unknown, bound: ReadonlySet<string>): void => {
    if (Array.isArray(value)) for (const one of value) walk(one, bound);
    if (!isPart(value) || value.type === 'AstroScript' || value['declare'] === true) return;
    if (value.type.startsWith('TS') && !runs.test(value.type)) {
      if (typed.test(value.type)) walk(value['expression'], bound);
      return;
    }
    if (/^(?:Import|Export(?:Named|All|Default))Declaration$/.test(value.type)) {
      const source = literalOf(value['source']);
      if (source !== undefined && bringsValues(value)) brought(source, value, takenBy(value));
      walk(value['declaration'], bound);
      return;
    }
    if (value.type === 'ImportExpression') {
      const source = literalOf(value['source']);
      if (source === undefined) found('unnamed', 'import() of a computed name', value);
      else brought(source, value, ['*']);
    }
    if (value.type === 'TSExternalModuleReference')
      brought(literalOf(value['expression']) ?? '', value, ['*']);
    if (isKind(value, bound) || isRead(value, bound)) return;
    if (chainOf(value) === 'Intl.DateTimeFormat') formatsDates = true;
    const callee = value.type === 'CallExpression' ? bare(value['callee']) : undefined;
    if (isPart(callee) && dated.has(nameOfMember(callee) ?? '') && (value['arguments'] as []).length === 0) {
      undated.push(value);
    }
    const made = madeBy(value);
    const isTaken =
      value.type === 'ObjectPattern' &&
      (value['properties'] as Part[]).some((of) => nameOfKey(of) === 'constructor');
    if (isTaken || (isPart(made) && made.type !== 'ThisExpression')) {
      found('unnamed', 'constructor', value);
    }
    const within = declaredIn(value);
    const inside = within.length > 0 ? new Set([...bound, ...within]) : bound;
    for (const [member, child] of Object.entries(value)) if (!isName(value, member)) walk(child, inside);
  };
  walk(code, new Set(around));
  if (formatsDates) for (const part of undated) found('clock', 'a format of dates without a date', part);
  return { reads, imports };
};
