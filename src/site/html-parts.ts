import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { isReadAttribute } from './typed-number.ts';

/** Text that is none of the prose: code, and formulas, whose digits are notation. */
const isNotation = ({ tagName, properties }: Element): boolean =>
  ['code', 'pre', 'script', 'style'].includes(tagName) || [properties['className']].flat().includes('katex');

/** Of a property of a syntax tree, the name that HTML has for it. */
const attributeName = (property: string): string =>
  property.replace(/^(aria|data)([A-Z])/, (_, kind, letter) => `${kind}-${letter}`).toLowerCase();

/** A browser shows what a template declares as the shadow of its parent. */
const childrenOf = (node: Nodes): readonly Nodes[] => {
  if (node.type === 'element' && node.content) return node.content.children;
  return 'children' in node ? node.children : [];
};

/** What a piece of HTML holds, each kind in the order of the document. */
export interface HtmlParts {
  /** What the page shows or a voice reads as prose: text, and attributes that are read. */
  readonly texts: readonly string[];
  /** Names, in notation as well. */
  readonly attributes: readonly string[];
  /** Names, in notation as well. */
  readonly elements: readonly string[];
}

/** The parts of a fragment, shadows and all that templates hold among them. */
export const htmlParts = (html: string): HtmlParts => {
  const texts: string[] = [];
  const attributes: string[] = [];
  const elements: string[] = [];
  const walk = (node: Nodes, isProse: boolean): void => {
    if (node.type === 'text' && isProse) texts.push(node.value);
    const within = isProse && !(node.type === 'element' && isNotation(node));
    if (node.type === 'element') {
      elements.push(node.tagName);
      for (const [property, value] of Object.entries(node.properties)) {
        const name = attributeName(property);
        attributes.push(name);
        if (within && isReadAttribute(name)) texts.push(String(value));
      }
    }
    for (const child of childrenOf(node)) walk(child, within);
  };
  walk(fromHtml(html, { fragment: true }), true);
  return { texts, attributes, elements };
};
