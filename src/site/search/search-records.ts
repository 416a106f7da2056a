/** What can be found on the site: sections, claims, tables and plain pages, read back from what was rendered. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Element, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { EXIT, SKIP, visit } from 'unist-util-visit';

export interface SearchRecord {
  readonly kind: 'section' | 'claim' | 'table' | 'page';
  /** From the site's base on, with a slash at its start. */
  readonly url: string;
  readonly title: string;
  /** Titles of the page and the paper that it belongs to, the nearest first; empty for a page of the site itself. */
  readonly of: string;
  readonly text: string;
}

const hasClass = ({ properties: { className } }: Element, ...names: readonly string[]): boolean =>
  Array.isArray(className) && names.some((name) => className.includes(name));

/** Figures of tables, drawings and what only operates the page; a formula is there as MathML and as TeX besides. */
const isSilent = (element: Element): boolean =>
  ['svg', 'annotation', 'button', 'nav', 'script', 'pre', 'fieldset'].includes(element.tagName) ||
  hasClass(
    element,
    'katex-html',
    'scroll',
    'downloads',
    'address',
    'made-of',
    'deep-link',
    'sidenote',
    'printed-works',
    'visually-hidden',
  );

const isElement = (node: Nodes): node is Element => node.type === 'element';

/** What MathML draws in the place of a word: without it the root of 2 would read as 2. */
const withSigns = ({ tagName }: Element, children: readonly Nodes[]): readonly Nodes[] => {
  const sign = (value: string): Nodes => ({ type: 'text', value });
  if (tagName === 'msqrt') return [sign('√'), ...children];
  if (tagName === 'mfrac') return children.flatMap((child, at) => (at === 0 ? [child] : [sign('/'), child]));
  return children;
};

/** What is read of a node: a copy without what is silent. */
const spoken = (node: Nodes): Nodes => {
  if (!('children' in node)) return node;
  const children = node.children
    .filter((child) => !(isElement(child) && isSilent(child)))
    .map((child) => spoken(child as Nodes));
  return { ...node, children: isElement(node) ? withSigns(node, children) : children } as Nodes;
};

/** Invisible marks that KaTeX sets between the parts of a formula would split words. */
const textOf = (nodes: readonly Nodes[]): string =>
  toText(spoken({ type: 'root', children: nodes } as Root) as Root)
    .replace(/[\u2061-\u2064\u200b]/g, '')
    .replace(/\s+/g, ' ')
    .trim();

const find = (tree: Nodes, is: (element: Element) => boolean): Element | undefined => {
  let found: Element | undefined;
  visit(tree as Root, 'element', (element) => {
    if (!is(element)) return undefined;
    found = element;
    return EXIT;
  });
  return found;
};

const all = (tree: Nodes, is: (element: Element) => boolean): readonly Element[] => {
  const found: Element[] = [];
  visit(tree as Root, 'element', (element) => {
    if (!is(element)) return undefined;
    found.push(element);
    return SKIP;
  });
  return found;
};

const read = (folder: string, ...path: readonly string[]): Root =>
  fromHtml(readFileSync(join(folder, ...path, 'index.html'), 'utf8'));

const titleOf = (tree: Nodes): string => {
  const heading = find(tree, ({ tagName }) => tagName === 'h1');
  return heading ? textOf([heading]) : '';
};

const idOf = ({ properties: { id } }: Element): string => (typeof id === 'string' ? id : '');

const numberOf = ({ properties: { dataNumber } }: Element): string =>
  typeof dataNumber === 'string' ? `${dataNumber} ` : '';

const isArticle = (element: Element): boolean => element.tagName === 'article' && hasClass(element, 'paper');

/**
 * The text up to the first heading belongs to the page itself.
 *
 * @param of the page's paper: empty for the paper itself
 */
const sectionsOf = (page: Root, address: string, of: string): readonly SearchRecord[] => {
  const title = titleOf(page);
  const article = find(page, isArticle);
  const parts: { heading: Element | undefined; nodes: Nodes[] }[] = [{ heading: undefined, nodes: [] }];
  for (const child of article?.children ?? []) {
    if (isElement(child) && ['h2', 'h3'].includes(child.tagName)) parts.push({ heading: child, nodes: [] });
    else parts.at(-1)?.nodes.push(child as Nodes);
  }
  return parts.map(({ heading, nodes }) => ({
    kind: heading ? 'section' : 'page',
    url: `${address}${heading ? `#${idOf(heading)}` : ''}`,
    title: heading ? `${numberOf(heading)}${textOf([heading])}` : title,
    of: (heading ? [title, of] : [of]).filter((name) => name !== '').join(' · '),
    text: textOf(nodes.filter((node) => !(isElement(node) && node.tagName === 'h1'))),
  }));
};

const furtherPagesOf = (folder: string, paper: string, title: string): readonly SearchRecord[] =>
  readdirSync(join(folder, paper), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(folder, paper, entry.name, 'index.html')))
    .map(({ name }) => name)
    .toSorted()
    .flatMap((name) => {
      const page = read(folder, paper, name);
      return find(page, isArticle) ? sectionsOf(page, `/${paper}/${name}/`, title) : [];
    });

/** A paper that asserts nothing has no page of claims. */
const claimsOf = (folder: string, paper: string, title: string): readonly SearchRecord[] => {
  if (!existsSync(join(folder, paper, 'claims'))) return [];
  return all(read(folder, paper, 'claims'), ({ tagName }) => tagName === 'article').map((article) => {
    const heading = find(article, ({ tagName }) => tagName === 'h2');
    const facts = find(article, ({ tagName }) => tagName === 'dl');
    return {
      kind: 'claim',
      url: `/${paper}/claims/#${idOf(article)}`,
      title: heading ? textOf([heading]) : idOf(article),
      of: title,
      text: facts ? textOf([facts]) : '',
    };
  });
};

const tablesOf = (folder: string, paper: string, title: string): readonly SearchRecord[] => {
  const tables = join(folder, paper, 'tables');
  const ids = existsSync(tables)
    ? readdirSync(tables, { withFileTypes: true }).filter((entry) => entry.isDirectory())
    : [];
  return ids
    .map(({ name }) => name)
    .toSorted()
    .map((id) => {
      const page = read(tables, id);
      const heads = all(page, ({ tagName }) => tagName === 'th').map((head) => textOf([head]));
      return {
        kind: 'table',
        url: `/${paper}/tables/${id}/`,
        title: titleOf(page),
        of: title,
        text: [id, ...new Set(heads)].join(', '),
      };
    });
};

/** @param folder the rendered site @param papers ids */
export const searchRecords = (folder: string, papers: readonly string[]): readonly SearchRecord[] => {
  const know = read(folder, 'how-this-site-knows');
  const main = find(know, ({ tagName }) => tagName === 'main');
  return [
    ...papers.flatMap((paper) => {
      const page = read(folder, paper);
      const title = titleOf(page);
      return [
        ...sectionsOf(page, `/${paper}/`, ''),
        ...furtherPagesOf(folder, paper, title),
        ...claimsOf(folder, paper, title),
        ...tablesOf(folder, paper, title),
      ];
    }),
    {
      kind: 'page',
      url: '/how-this-site-knows/',
      title: titleOf(know),
      of: '',
      text: main ? textOf([main]) : '',
    },
  ];
};
