import type { Element, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toHtml } from 'hast-util-to-html';
import { SKIP, visit } from 'unist-util-visit';
import { elementsIn } from './read-blocks.ts';

/** A page of a paper as it was built. */
export interface BuiltPage {
  /** Below the paper's address: empty for the paper itself, else with a slash at its end. */
  readonly path: string;
  readonly html: string;
}

const articleIn = (page: Root): Element => {
  const [article] = elementsIn(page, ({ tagName }) => tagName === 'article');
  if (!article) throw new Error('internal: a page of a paper has no article');
  return article;
};

const prefixOf = (path: string): string => path.replace(/\/$/, '');

/** An anchor of one page among those of all. */
const anchorOf = (path: string, anchor: string): string =>
  path === '' ? anchor : anchor === '' ? `page.${prefixOf(path)}` : `${prefixOf(path)}.${anchor}`;

const base = 'https://paper.invalid/paper/';

/** Where a link leads once all pages are one. */
const joinedHref = (href: string, from: string, paths: ReadonlySet<string>): string => {
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(href)) return href;
  const { href: whole, hash } = new URL(href, `${base}${from}`);
  if (!whole.startsWith(base)) return href;
  const below = whole.slice(base.length, whole.length - hash.length);
  // What leads to a page without an anchor leads to its beginning.
  if (below === '' && hash === '') return './';
  if (paths.has(below)) return `#${anchorOf(below, hash.slice(1))}`;
  return `${below}${hash}`;
};

/** Attributes that name elements of the page. */
const naming = ['ariaLabelledBy', 'ariaDescribedBy', 'htmlFor', 'popoverTarget'] as const;

const relocate = (tree: Nodes, from: string, paths: ReadonlySet<string>): void => {
  visit(tree as Root, 'element', (element) => {
    // A drawing keeps the ids that it refers to itself.
    if (element.tagName === 'svg') return SKIP;
    const { properties } = element;
    if (typeof properties['href'] === 'string' && element.tagName === 'a')
      properties['href'] = joinedHref(properties['href'], from, paths);
    if (typeof properties['src'] === 'string') properties['src'] = joinedHref(properties['src'], from, paths);
    if (from === '') return undefined;
    if (typeof properties['id'] === 'string') properties['id'] = anchorOf(from, properties['id']);
    for (const name of naming) {
      const named = properties[name];
      if (named === undefined || named === null) continue;
      properties[name] = [named]
        .flat()
        .map((id) => anchorOf(from, String(id)))
        .join(' ');
    }
    // The page's title heads what is a section now.
    const depth = /^h([1-5])$/.exec(element.tagName)?.[1];
    if (depth !== undefined) element.tagName = `h${Number(depth) + 1}`;
    return undefined;
  });
};

/**
 * The pages of a paper as one: the paper itself, then each further page as a section with the page's title. Anchors keep
 * apart, links between pages lead within the one, and all else is as it was.
 *
 * @param pages the paper itself first
 */
export const joinPages = (pages: readonly BuiltPage[]): string => {
  const [main, ...further] = pages;
  if (!main) throw new Error('internal: a paper without a page');
  if (further.length === 0) return main.html;
  const paths = new Set(pages.map(({ path }) => path));
  const tree = fromHtml(main.html);
  const article = articleIn(tree);
  relocate(article, '', paths);
  for (const { path, html } of further) {
    const own = fromHtml(html);
    const section = articleIn(own);
    relocate(section, path, paths);
    const [title] = elementsIn(section, ({ tagName }) => tagName === 'h2');
    if (title) title.properties['id'] = anchorOf(path, '');
    article.children.push({
      type: 'element',
      tagName: 'section',
      properties: { className: ['further-page'] },
      children: section.children,
    });
    const head = elementsIn(tree, ({ tagName }) => tagName === 'head')[0];
    const known = new Set(elementsIn(tree, isSheet).map(({ properties }) => properties['href']));
    head?.children.push(
      ...elementsIn(own, isSheet).filter(({ properties }) => !known.has(properties['href'])),
    );
  }
  return toHtml(tree);
};

const isSheet = ({ tagName, properties }: Element): boolean =>
  tagName === 'link' && [properties['rel']].flat().includes('stylesheet');
