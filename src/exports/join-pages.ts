import type { Element, Nodes } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SKIP, visit } from 'unist-util-visit';
import { elementsIn } from './read-blocks.ts';

/** A page of a paper as it was built. */
export interface BuiltPage {
  /** Below the paper's address: empty for the paper itself, else with a slash at its end. */
  readonly path: string;
  readonly html: string;
}

/** Text in the place of a stretch of a page. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly text: string;
}

/** Where a parser found a node: it always tells. */
const spanOf = (place: Element['position']) => {
  const [from, to] = [place?.start.offset, place?.end.offset];
  if (from === undefined || to === undefined) throw new Error('internal: an element without its place');
  return { from, to };
};

interface Places {
  readonly opening?: Element['position'];
  readonly closing?: Element['position'];
  readonly properties?: Readonly<Record<string, Element['position']>>;
}

const placesOf = ({ data }: Element): Places => (data as { position?: Places } | undefined)?.position ?? {};

const articleIn = (page: Nodes): Element => {
  const [article] = elementsIn(page, ({ tagName }) => tagName === 'article');
  if (!article) throw new Error('internal: a page of a paper has no article');
  return article;
};

/** An anchor of one page among those of all; of a further page without an anchor its beginning. */
const anchorOf = (path: string, anchor: string): string => {
  if (path === '') return anchor;
  const page = path.replace(/\/$/, '');
  return anchor === '' ? `page.${page}` : `${page}.${anchor}`;
};

const base = 'https://paper.invalid/paper/';

/** Where a link leads once all pages are one. */
const joinedHref = (href: string, from: string, paths: ReadonlySet<string>): string => {
  if (/^([a-z][a-z0-9+.-]*:|\/)/i.test(href)) return href;
  const { href: whole, hash } = new URL(href, `${base}${from}`);
  // Out of the paper: from its own address on.
  if (!whole.startsWith(base)) return new URL(whole).pathname.replace(/^\//, '../') + hash;
  const below = whole.slice(base.length, whole.length - hash.length);
  if (below === '' && hash === '') return './';
  return paths.has(below) ? `#${anchorOf(below, hash.slice(1))}` : `${below}${hash}`;
};

/** Attributes that name elements of the page. */
const naming = ['ariaLabelledBy', 'ariaDescribedBy', 'htmlFor', 'popoverTarget'];

const attribute = (name: string, value: string): string =>
  `${name}="${value.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}"`;

/** What of an article changes where it stands among all. */
const editsOf = (article: Element, from: string, paths: ReadonlySet<string>): readonly Edit[] => {
  const edits: Edit[] = [];
  visit(article, 'element', (element) => {
    // A drawing keeps the ids that it refers to itself.
    if (element.tagName === 'svg') return SKIP;
    const { properties, tagName } = element;
    const places = placesOf(element);
    const put = (name: string, as: string, value: string): void =>
      void edits.push({ ...spanOf(places.properties?.[name]), text: attribute(as, value) });
    for (const name of ['href', 'src'])
      if (typeof properties[name] === 'string') put(name, name, joinedHref(properties[name], from, paths));
    if (from === '') return undefined;
    if (typeof properties['id'] === 'string') put('id', 'id', anchorOf(from, properties['id']));
    for (const name of naming) {
      if (properties[name] === undefined || properties[name] === null) continue;
      const ids = [properties[name]].flat().map((id) => anchorOf(from, String(id)));
      put(name, name.toLowerCase().replace('aria', 'aria-').replace('html', ''), ids.join(' '));
    }
    // The page's title heads what is a section now.
    const depth = /^h([1-5])$/.exec(tagName)?.[1];
    if (depth === undefined) return undefined;
    const name = `h${Number(depth) + 1}`;
    const opening = spanOf(places.opening);
    const title = depth === '1' ? ` ${attribute('id', anchorOf(from, ''))}` : '';
    edits.push({ from: opening.from, to: opening.from + 1 + tagName.length, text: `<${name}${title}` });
    edits.push({ ...spanOf(places.closing), text: `</${name}>` });
    return undefined;
  });
  return edits;
};

/** A stretch of a page with what changes in it. */
const edited = (html: string, from: number, to: number, edits: readonly Edit[]): string => {
  let [made, at] = ['', from];
  for (const edit of edits.toSorted((a, b) => a.from - b.from)) {
    made += html.slice(at, edit.from) + edit.text;
    at = edit.to;
  }
  return made + html.slice(at, to);
};

const parsed = (html: string): Nodes => fromHtml(html, { verbose: true });

const sheetsIn = (html: string): readonly string[] => html.match(/<link rel="stylesheet"[^>]*>/g) ?? [];

/** A further page as a section of the paper. */
const sectionOf = ({ path, html }: BuiltPage, paths: ReadonlySet<string>): string => {
  const article = articleIn(parsed(html));
  const { opening, closing } = placesOf(article);
  const inner = edited(html, spanOf(opening).to, spanOf(closing).from, editsOf(article, path, paths));
  return `<section class="further-page">${inner}</section>`;
};

/**
 * The pages of a paper as one: the paper itself, then each further page as a section with the page's title. Anchors keep
 * apart, links between pages lead within the one, and all else is as it was, byte for byte.
 *
 * @param pages the paper itself first
 */
export const joinPages = (pages: readonly BuiltPage[]): string => {
  const [main, ...further] = pages;
  if (!main) throw new Error('internal: a paper without a page');
  if (further.length === 0) return main.html;
  const paths = new Set(pages.map(({ path }) => path));
  const { html } = main;
  const article = articleIn(parsed(html));
  const { from } = spanOf(placesOf(article).closing);
  const own = new Set(sheetsIn(html));
  const sheets = new Set(further.flatMap((page) => sheetsIn(page.html)).filter((sheet) => !own.has(sheet)));
  const head = html.indexOf('</head>');
  return edited(html, 0, html.length, [
    { from: head, to: head, text: [...sheets].join('') },
    ...editsOf(article, '', paths),
    { from, to: from, text: further.map((page) => sectionOf(page, paths)).join('') },
  ]);
};
