import type { Element, ElementContent, Nodes, Root, RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import katex from 'katex';
import { SKIP, visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { PaperError } from '../../engine/stage/index.ts';
import { reportFault } from './faults.ts';
import { positionOf } from './jsx-node.ts';

declare module 'hast' {
  interface Data {
    /** Whether the node is a formula in a line, as KaTeX drew it. */
    isInlineFormula?: true;
  }
}

export const isInlineFormula = (node: Nodes): boolean => node.data?.isInlineFormula === true;

/** TeX, displayed or not -> its HTML. Nothing else decides it: most edits of a text leave its formulas alone. */
const drawn = new Map<string, string>();

const draw = (tex: string, displayMode: boolean): string => {
  const key = `${displayMode} ${tex}`;
  const html = drawn.get(key) ?? katex.renderToString(tex, { displayMode, throwOnError: true });
  drawn.set(key, html);
  return html;
};

const badTex = (error: Error, element: Element, file: VFile): PaperError =>
  new PaperError('BadTex', error.message.replace(/^KaTeX parse error: /, '').replaceAll('\u0332', ''), {
    where: positionOf(file, element),
    hint: 'see the functions that KaTeX supports: katex.org/docs/supported.',
  });

/** One node, whatever its size: the elements of a page's formulas are many times those of its text. */
const whole = (html: string): RootContent => ({
  type: 'mdxJsxTextElement',
  name: 'Fragment',
  attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value: html }],
  children: [],
});

const classesOf = ({ properties }: Element): readonly string[] =>
  [properties['className']].flat().map(String);

/** TeX by the classes that remark-math gives it, or in a fence of `math`. */
const texIn = (element: Element): { readonly source: Element; readonly isDisplay: boolean } | undefined => {
  const [code] = element.children;
  if (element.tagName === 'pre' && code?.type === 'element' && classesOf(code).includes('language-math'))
    return { source: code, isDisplay: true };
  const classes = classesOf(element);
  return classes.some((name) => ['language-math', 'math-inline', 'math-display'].includes(name))
    ? { source: element, isDisplay: classes.includes('math-display') }
    : undefined;
};

const renderIn = (tree: Root | Element, file: VFile, asElements: boolean): void => {
  visit(tree, 'element', (element, index, parent) => {
    if (!asElements && /^h[1-6]$/.test(element.tagName)) {
      renderIn(element, file, true);
      return SKIP;
    }
    const tex = texIn(element);
    if (!tex || index === undefined || !parent) return undefined;
    try {
      const html = draw(toText(element, { whitespace: 'pre' }), tex.isDisplay);
      const node = asElements ? fromHtml(html, { fragment: true }).children[0]! : whole(html);
      if (!tex.isDisplay) node.data = { ...node.data, isInlineFormula: true };
      parent.children[index] = node as ElementContent;
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      reportFault(file, badTex(error, tex.source, file));
    }
    return SKIP;
  });
};

/**
 * Draws what is marked as TeX. A heading's formula is given as elements, since the list of contents reads their text.
 * Faults: BadTex
 */
export const renderFormulas = () => (tree: Root, file: VFile) => renderIn(tree, file, false);
