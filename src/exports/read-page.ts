import type { RootContent } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { SKIP, visit } from 'unist-util-visit';
import type { ExportDocument, Masthead, Section } from './export-document.ts';
import { elementsIn, type Heading, type Piece, readPieces, requireBlocks } from './read-blocks.ts';
import { classesOf, isLeftOut } from './read-inline.ts';
import type { ReadPlace } from './read-place.ts';

/** Pieces below the headings that they stand under. */
const sectionsOf = (pieces: readonly Piece[]): Pick<Section, 'blocks' | 'sections'> => {
  const first = pieces.findIndex(({ kind }) => kind === 'heading');
  if (first < 0) return { blocks: requireBlocks(pieces), sections: [] };
  const sections: Section[] = [];
  const depth = Math.min(...pieces.flatMap((piece) => (piece.kind === 'heading' ? [piece.depth] : [])));
  let rest = pieces.slice(first);
  while (rest.length > 0) {
    const [heading] = rest as [Heading, ...Piece[]];
    const end = rest.findIndex(
      (piece, at) => at > 0 && piece.kind === 'heading' && piece.depth <= Math.max(depth, heading.depth),
    );
    const own = rest.slice(1, end < 0 ? undefined : end);
    sections.push({ id: heading.id, number: heading.number, title: heading.title, ...sectionsOf(own) });
    rest = end < 0 ? [] : rest.slice(end);
  }
  return { blocks: requireBlocks(pieces.slice(0, first)), sections };
};

/** What of a text links of it lead to, as far as paper shows both. */
const anchorsOf = (children: RootContent[]): ReadonlySet<string> => {
  const [ids, named] = [new Set<string>(), new Set<string>()];
  visit({ type: 'root' as const, children }, 'element', (element) => {
    if (isLeftOut(element)) return SKIP;
    const { id, href } = element.properties;
    if (typeof id === 'string') ids.add(id);
    if (typeof href === 'string' && href.startsWith('#')) named.add(decodeURIComponent(href.slice(1)));
    return undefined;
  });
  return new Set([...ids].filter((id) => named.has(id)));
};

/**
 * @param html the page as it was built
 * @throws NoExportForm for an element that neither print nor LaTeX nor JATS can carry
 */
export const readPage = (
  html: string,
  paper: string,
  masthead: Masthead,
  whereOf: ReadPlace['whereOf'],
): ExportDocument => {
  const [article] = elementsIn(fromHtml(html), ({ tagName }) => tagName === 'article');
  if (!article) throw new Error(`internal: the page of ${paper} has no article`);
  const own = article.children.filter(
    (child) =>
      child.type !== 'element' ||
      !(child.tagName === 'h1' || ['byline', 'original'].some((name) => classesOf(child).includes(name))),
  );
  const place: ReadPlace = {
    address: masthead.address,
    whereOf,
    anchors: anchorsOf(own),
    pictures: { count: 0 },
  };
  return { paper, masthead, ...sectionsOf(readPieces(own, place)) };
};
