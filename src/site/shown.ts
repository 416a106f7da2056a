/** What code in a page prints, looked at as it is printed: the page's own text was looked at as it was compiled. */
import { randomBytes } from 'node:crypto';
import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { isReadAttribute, typedNumber } from './typed-number.ts';
import { bringsDocument, placeOfAttribute, placeOfElement, unreadMessage } from './unread-content.ts';

/** Where code stands in a page, and the names with digits that its paper allows. */
export interface ShownPlace {
  readonly where: SourcePosition;
  readonly allowed: readonly string[];
}

/** What renders a page writes a hint of its own over that of an error. */
const withKeptHint = (error: PaperError): PaperError => {
  const { hint } = error;
  return Object.defineProperty(error, 'hint', { enumerable: true, get: () => hint, set: () => {} });
};

const typed = (number: string, what: string, where: SourcePosition): PaperError =>
  withKeptHint(
    new PaperError(
      'TypedDigit',
      `'${number}' is printed by ${what}; a number on the page is computed or quoted.`,
      {
        where,
        hint: 'let a stage compute it and name it: <Value of="table.column.mean" />, or add the name that holds it to `allow` in the frontmatter.',
      },
    ),
  );

const failed = (what: string, where: SourcePosition, cause: unknown): PaperError =>
  withKeptHint(
    new PaperError(
      'FailedExpression',
      `${what} fails as the page is rendered: ${cause instanceof Error ? cause.message : String(cause)}`,
      {
        where,
        hint: 'mend it there; braces that are meant as text are written {"{"} and {"}"}, and braces of sets stand in a formula: $\\{x\\}$.',
        cause,
      },
    ),
  );

/** An element that JSX made within code. */
const elementProps = (value: object): Readonly<Record<string, unknown>> | undefined =>
  'props' in value && typeof value.props === 'object' && value.props !== null
    ? (value.props as Record<string, unknown>)
    : undefined;

/** What renders itself, made without a tag: nothing of it can be looked at before it is printed. */
const rendersItself = (value: object): boolean =>
  ('props' in value && 'type' in value && typeof value.type === 'function') ||
  ('render' in value && typeof value.render === 'function');

const componentInCode = (where: SourcePosition): PaperError =>
  withKeptHint(
    new PaperError('ComponentInCode', 'code makes a component, and nothing can look at what it prints.', {
      where,
      hint: 'write its tag in the text itself, outside of braces and exports.',
    }),
  );

const resultAttributes: ReadonlySet<string> = new Set([
  'data-value',
  'data-reported',
  'data-table',
  'data-figure',
  'data-claim',
]);

/** By these a page says what a result printed, or what a verdict decided: only its own text is held against either. */
export const isResultAttribute = (name: string): boolean => resultAttributes.has(name.toLowerCase());

export const forgedMessage = (attribute: string, what: string): string =>
  `${what} prints ${attribute} itself, and nothing holds what it says against results.`;

const forged = (attribute: string, what: string, where: SourcePosition): PaperError =>
  withKeptHint(
    new PaperError('ForgedResult', forgedMessage(attribute, what), {
      where,
      hint: 'write <Value>, <Reported>, <Claim>, <ResultTable> or <Figure> in the text itself; between the tags of a component, it prints it by <slot />.',
    }),
  );

const unread = (what: string, hint: string, where: SourcePosition): PaperError =>
  withKeptHint(new PaperError('UnreadContent', unreadMessage(what), { where, hint }));

/** What code gives an element beside its text. */
const requireReadable = (name: string, value: unknown, where: SourcePosition): void => {
  const place = placeOfAttribute(name, typeof value === 'string' ? value : undefined);
  if (place !== undefined) throw unread(`'${name}', which code gives,`, place, where);
};

const isThenable = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function';

/** As the value itself, with everything looked at that may be printed of it. */
const looked = (value: unknown, place: ShownPlace): unknown => {
  const check = (text: string): void => {
    const found = typedNumber(text, place.allowed);
    if (found) throw typed(found.text, 'code', place.where);
  };
  if (typeof value === 'number' || typeof value === 'bigint') throw typed(String(value), 'code', place.where);
  if (typeof value === 'string') check(value);
  // What is called or waited for is looked at once it is there.
  if (typeof value === 'function')
    return (...given: readonly unknown[]) =>
      looked((value as (...of: readonly unknown[]) => unknown)(...given), place);
  if (isThenable(value)) return value.then((settled) => looked(settled, place));
  if (typeof value !== 'object' || value === null) return value;
  if (rendersItself(value)) throw componentInCode(place.where);
  const props = elementProps(value);
  if (props) {
    const type = 'type' in value ? String(value.type) : '';
    const unreadPlace = placeOfElement(type.toLowerCase());
    if (unreadPlace !== undefined) throw unread(`<${type}>`, unreadPlace, place.where);
    for (const [name, prop] of Object.entries(props)) {
      if (isResultAttribute(name)) throw forged(name, 'code', place.where);
      requireReadable(name, prop, place.where);
      if (name === 'children' || isReadAttribute(name)) looked(prop, place);
    }
  } else if (Symbol.iterator in value)
    for (const part of [...(value as Iterable<unknown>)]) looked(part, place);
  else check(String(value));
  return value;
};

/**
 * What an expression between braces gives the page.
 *
 * @throws TypedDigit, ForgedResult, UnreadContent, FailedExpression, ComponentInCode
 */
export const shown = (
  work: () => unknown,
  isRead: boolean,
  file: string,
  line: number,
  column: number,
  allowed: readonly string[],
): unknown => {
  const where = { file, line, column };
  let value: unknown;
  try {
    value = work();
  } catch (cause) {
    if (cause instanceof PaperError) throw cause;
    throw failed('the code between these braces', where, cause);
  }
  return isRead ? looked(value, { where, allowed }) : value;
};

/**
 * What several attributes at once give an element.
 *
 * @throws TypedDigit, ForgedResult, UnreadContent, FailedExpression, ComponentInCode
 */
export const shownAttributes = (...given: Parameters<typeof shown>): unknown => {
  const [, , file, line, column, allowed] = given;
  const attributes = shown(given[0], false, file, line, column, allowed);
  const result = Object.keys(attributes ?? {}).find(isResultAttribute);
  if (result !== undefined) throw forged(result, 'code', { file, line, column });
  for (const [name, value] of Object.entries(attributes ?? {})) {
    requireReadable(name, value, { file, line, column });
    if (name === 'children' || isReadAttribute(name))
      looked(value, { where: { file, line, column }, allowed });
  }
  return attributes;
};

/** Text that is none of the prose: code, and formulas, whose digits are notation. */
const isNotation = ({ tagName, properties }: Element): boolean =>
  ['code', 'pre', 'script', 'style'].includes(tagName) || [properties['className']].flat().includes('katex');

/** Of this process alone, so that no component can write it. Of letters, so that it is no number where one reads it. */
const given = `given-${randomBytes(16)
  .toString('hex')
  .replace(/\d/g, (digit) => 'ghijklmnop'[Number(digit)]!)}`;
const anyGiven = new RegExp(`<!--${given}-->[\\s\\S]*?<!--/${given}-->`, 'g');
const anyMark = new RegExp(`(<|&lt;)!--/?${given}--(>|&gt;)`, 'gi');

/** What a page's text gives a component between its tags: the rules of the text have looked at it. */
export const asGiven = (html: string): string =>
  `<!--${given}-->${html.replace(anyMark, '')}<!--/${given}-->`;

/** Of a property of a syntax tree, the name that HTML has for it. */
const attributeName = (property: string): string =>
  property.replace(/^(aria|data)([A-Z])/, (_, kind, letter) => `${kind}-${letter}`).toLowerCase();

/** A browser shows what a template declares as the shadow of its parent. */
const childrenOf = (node: Nodes): readonly Nodes[] => {
  if (node.type === 'element' && node.content) return node.content.children;
  return 'children' in node ? node.children : [];
};

const textsOf = (node: Nodes): readonly string[] => {
  if (node.type === 'text') return [node.value];
  if (node.type === 'element') {
    if (isNotation(node)) return [];
    const read = Object.entries(node.properties).flatMap(([name, value]) =>
      isReadAttribute(attributeName(name)) ? [String(value)] : [],
    );
    return [...read, ...childrenOf(node).flatMap(textsOf)];
  }
  return node.type === 'root' ? node.children.flatMap(textsOf) : [];
};

const resultsIn = (node: Nodes): readonly string[] => [
  ...(node.type === 'element'
    ? Object.keys(node.properties).flatMap((name) => {
        const attribute = attributeName(name);
        return isResultAttribute(attribute) ? [attribute] : [];
      })
    : []),
  ...childrenOf(node).flatMap(resultsIn),
];

const documentsIn = (node: Nodes): readonly string[] => [
  ...(node.type === 'element' && bringsDocument(node.tagName) ? [node.tagName] : []),
  ...childrenOf(node).flatMap(documentsIn),
];

/**
 * The HTML of a component that a page brought itself; what its scripts and styles do in a browser is not looked at.
 *
 * @throws TypedDigit, ForgedResult, UnreadContent, FailedExpression
 */
export const shownComponent = async (
  render: () => Promise<string>,
  name: string,
  { where, allowed }: ShownPlace,
): Promise<string> => {
  let html: string;
  try {
    html = await render();
  } catch (cause) {
    if (cause instanceof PaperError) throw cause;
    throw failed(`<${name}>`, where, cause);
  }
  const own = fromHtml(html.replace(anyGiven, '').replace(anyMark, ''), { fragment: true });
  for (const text of textsOf(own)) {
    const found = typedNumber(text, allowed);
    if (found) throw typed(found.text, `<${name}>`, where);
  }
  const [result] = resultsIn(own);
  if (result !== undefined) throw forged(result, `<${name}>`, where);
  const [tag] = documentsIn(own);
  if (tag !== undefined) throw unread(`the <${tag}> of <${name}>`, placeOfElement(tag) ?? '', where);
  return html.replace(anyMark, '');
};
