import type { Element, ElementContent } from 'hast';
import { toText } from 'hast-util-to-text';
import type { Formula, Inline, Mark } from './export-document.ts';
import { leftOutClasses } from './left-out.ts';
import { linkOf, quoted } from './link-of.ts';
import { noExportForm, type ReadPlace } from './read-place.ts';

const marks: Readonly<Record<string, Mark>> = {
  em: 'emphasis',
  i: 'emphasis',
  cite: 'emphasis',
  dfn: 'emphasis',
  strong: 'strong',
  b: 'strong',
  code: 'code',
  kbd: 'code',
  samp: 'code',
  sup: 'superscript',
  sub: 'subscript',
  small: 'small',
  s: 'struck',
  del: 'struck',
};

/** Elements that only hold text. */
const transparent = new Set([
  'span',
  'abbr',
  'q',
  'mark',
  'u',
  'time',
  'var',
  'ins',
  'div',
  'p',
  'label',
  'wbr',
]);

export const classesOf = ({ properties }: Element): readonly string[] =>
  [properties['className'] ?? []].flat().map(String);

/** What a screen shows, and paper does not. */
export const isLeftOut = (element: Element): boolean => {
  const classes = classesOf(element);
  return (
    element.properties['dataMedia'] === 'screen' ||
    element.properties['hidden'] === true ||
    classes.some((name) => leftOutClasses.has(name)) ||
    ['script', 'style', 'template'].includes(element.tagName)
  );
};

const descendant = (element: Element, wanted: (element: Element) => boolean): Element | undefined => {
  for (const child of element.children) {
    if (child.type !== 'element') continue;
    const found = wanted(child) ? child : descendant(child, wanted);
    if (found) return found;
  }
  return undefined;
};

/** The formula that KaTeX printed, undefined of an element that is none. */
export const formulaIn = (element: Element): Formula | undefined => {
  if (!classesOf(element).some((name) => name === 'katex' || name === 'katex-display')) return undefined;
  const mathml = descendant(element, ({ tagName }) => tagName === 'math');
  const annotation = mathml && descendant(mathml, ({ tagName }) => tagName === 'annotation');
  if (!mathml || !annotation) throw new Error('internal: a formula without its TeX');
  return { tex: toText(annotation, { whitespace: 'pre' }).trim(), mathml };
};

/** The anchor that an element is, of one that a reference leads to. */
export const anchorOf = ({ properties: { id } }: Element, { anchors }: ReadPlace): string | null =>
  typeof id === 'string' && anchors.has(id) ? id : null;

const readElement = (element: Element, place: ReadPlace): readonly Inline[] => {
  const id = anchorOf(element, place);
  const inlines = readContent(element, place);
  return id === null || inlines.some((inline) => inline.kind === 'claim' && id === `claim-${inline.id}`)
    ? inlines
    : [{ kind: 'anchor', id }, ...inlines];
};

const readContent = (element: Element, place: ReadPlace): readonly Inline[] => {
  if (isLeftOut(element)) return [];
  const { tagName, properties } = element;
  const math = formulaIn(element);
  if (math) return [{ kind: 'math', math }];
  if (tagName === 'br') return [{ kind: 'break' }];
  const children = readInlines(element.children, place);
  const { dataValue, dataClaim, dataVerdict } = properties;
  if (typeof dataValue === 'string') return [{ kind: 'value', id: dataValue, children }];
  if (typeof dataClaim === 'string' && typeof dataVerdict === 'string')
    return [{ kind: 'claim', id: dataClaim, verdict: dataVerdict, children }];
  if (classesOf(element).includes('verdict')) return [{ kind: 'marked', mark: 'framed', children }];
  if (tagName === 'a') return linkOf(element, children, place);
  const mark = marks[tagName];
  if (mark !== undefined) return [{ kind: 'marked', mark, children }];
  if (tagName === 'q') return quoted(children);
  if (transparent.has(tagName)) return children;
  throw noExportForm(element, place);
};

/** One space for what HTML prints as one; those that bind words stay. */
const collapsed = (text: string): string => text.replace(/[ \t\r\n\f]+/g, ' ');

export const readInlines = (nodes: readonly ElementContent[], place: ReadPlace): readonly Inline[] =>
  nodes.flatMap((node): readonly Inline[] => {
    if (node.type === 'text') return node.value === '' ? [] : [{ kind: 'text', text: collapsed(node.value) }];
    return node.type === 'element' ? readElement(node, place) : [];
  });

const isSpace = (inline: Inline | undefined): boolean =>
  inline?.kind === 'text' && inline.text.trim() === '' && !/[\u00a0\u202f]/.test(inline.text);

/** Without the spaces that begin or end it. */
export const trimmed = (inlines: readonly Inline[]): readonly Inline[] => {
  const from = inlines.findIndex((inline) => !isSpace(inline));
  if (from < 0) return [];
  const kept = inlines.slice(from, inlines.findLastIndex((inline) => !isSpace(inline)) + 1);
  return kept.map((inline, at) => {
    if (inline.kind !== 'text') return inline;
    let { text } = inline;
    if (at === 0) text = text.replace(/^ +/, '');
    if (at === kept.length - 1) text = text.replace(/ +$/, '');
    return { kind: 'text', text };
  });
};

/** The letters of it, formulas as TeX. */
export const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (inline.kind === 'text') return inline.text;
      if (inline.kind === 'math') return inline.math.tex;
      if (inline.kind === 'anchor') return '';
      return inline.kind === 'break' ? ' ' : plainText(inline.children);
    })
    .join('');
