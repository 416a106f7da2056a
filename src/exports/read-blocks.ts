import type { Element, ElementContent, Nodes } from 'hast';
import { toText } from 'hast-util-to-text';
import type { Block, Inline, Label } from './export-document.ts';
import { readGrid } from './read-grid.ts';
import { anchorOf, classesOf, formulaIn, isLeftOut, readInlines, trimmed } from './read-inline.ts';
import { noExportForm, type ReadPlace } from './read-place.ts';

/** The outermost elements of a kind, in order. */
export const elementsIn = (node: Nodes, wanted: (element: Element) => boolean): readonly Element[] => {
  if (!('children' in node)) return [];
  return node.children.flatMap((child) => {
    if (child.type !== 'element') return [];
    return wanted(child) ? [child] : elementsIn(child, wanted);
  });
};

const idOf = ({ properties: { id } }: Element): string | null => (typeof id === 'string' ? id : null);

/** A heading that begins a section. */
export interface Heading {
  readonly kind: 'heading';
  readonly depth: number;
  readonly id: string | null;
  readonly number: string | null;
  readonly title: readonly Inline[];
}

export type Piece = Block | Heading;

/** `Table 3.` before a caption, and the caption. */
const readCaption = (
  figure: Element,
  place: ReadPlace,
): { readonly label: Label | null; readonly caption: readonly Inline[] } => {
  const [element] = elementsIn(figure, ({ tagName }) => tagName === 'figcaption' || tagName === 'caption');
  if (!element) return { label: null, caption: [] };
  const first = element.children.findIndex(({ type }) => type === 'element');
  const lead = element.children[first];
  const [, word, number] =
    (lead?.type === 'element' && lead.tagName === 'b' && /^(\S+) (\S+)\.$/.exec(toText(lead).trim())) || [];
  if (word === undefined || number === undefined)
    return { label: null, caption: trimmed(readInlines(element.children, place)) };
  return { label: { word, number }, caption: trimmed(readInlines(element.children.slice(first + 1), place)) };
};

const isPicture = ({ tagName }: Element): boolean =>
  tagName === 'svg' || tagName === 'img' || tagName === 'picture';

/** Drawings for narrow screens stand beside those for print. */
const isPrinted = (element: Element): boolean => !classesOf(element).includes('for-phone');

const pictureBlock = (picture: Element, figure: Element, place: ReadPlace): Block => {
  const at = place.pictures.count++;
  const id = idOf(figure);
  const [named] = elementsIn(figure, ({ properties }) => typeof properties['ariaLabel'] === 'string');
  const alt =
    picture.properties['alt'] ?? picture.properties['ariaLabel'] ?? named?.properties['ariaLabel'] ?? '';
  return {
    kind: 'figure',
    id,
    ...readCaption(figure, place),
    alt: String(alt),
    picture: { at, name: id?.replace(/^fig-/, '') ?? `picture-${at + 1}` },
  };
};

const readFigure = (figure: Element, place: ReadPlace): readonly Piece[] => {
  const code = elementsIn(figure, ({ tagName }) => tagName === 'pre')[0];
  if (code)
    return [
      { kind: 'code', title: readCaption(figure, place).caption, text: toText(code, { whitespace: 'pre' }) },
    ];
  const table = elementsIn(figure, (element) => element.tagName === 'table' || isLeftOut(element)).find(
    ({ tagName }) => tagName === 'table',
  );
  if (table)
    return [{ kind: 'table', id: idOf(figure), ...readCaption(figure, place), grid: readGrid(table, place) }];
  const pictures = elementsIn(figure, (element) => isPicture(element)).filter(isPrinted);
  if (pictures.length === 1) return [pictureBlock(pictures[0]!, figure, place)];
  throw noExportForm(figure, place);
};

const readList = (list: Element, place: ReadPlace): Block => ({
  kind: 'list',
  style: list.tagName === 'ol' ? 'order' : 'bullet',
  items: list.children.flatMap((item) =>
    item.type === 'element' && item.tagName === 'li'
      ? [{ id: anchorOf(item, place), blocks: requireBlocks(readPieces(item.children, place)) }]
      : [],
  ),
});

/** Footnotes below their heading. */
const readNotes = (section: Element, place: ReadPlace): readonly Piece[] =>
  readPieces(section.children, place).map((piece) =>
    piece.kind === 'list' ? { ...piece, style: 'notes' } : piece,
  );

/** A heading within a list or a quotation is a paragraph of its own. */
export const requireBlocks = (pieces: readonly Piece[]): readonly Block[] =>
  pieces.map((piece) =>
    piece.kind === 'heading'
      ? { kind: 'paragraph', children: [{ kind: 'marked', mark: 'strong', children: piece.title }] }
      : piece,
  );

const readBlock = (element: Element, place: ReadPlace): readonly Piece[] | undefined => {
  const { tagName } = element;
  const classes = classesOf(element);
  const depth = /^h([1-6])$/.exec(tagName)?.[1];
  if (depth !== undefined)
    return [
      {
        kind: 'heading',
        depth: Number(depth),
        id: idOf(element),
        number:
          typeof element.properties['dataNumber'] === 'string' ? element.properties['dataNumber'] : null,
        title: trimmed(readInlines(element.children, place)),
      },
    ];
  if (classes.includes('bibliography'))
    return [
      {
        kind: 'bibliography',
        entries: element.children.flatMap((item) =>
          item.type === 'element'
            ? [{ id: idOf(item) ?? '', children: trimmed(readInlines(item.children, place)) }]
            : [],
        ),
      },
    ];
  if (classes.includes('equation')) {
    const [katex] = elementsIn(element, (inner) => classesOf(inner).includes('katex'));
    const [number] = elementsIn(element, (inner) => classesOf(inner).includes('number'));
    const math = katex && formulaIn(katex);
    if (!math) throw noExportForm(element, place);
    return [
      {
        kind: 'equation',
        id: idOf(element),
        number: number ? toText(number).replace(/[()]/g, '') : null,
        math,
      },
    ];
  }
  if (classes.includes('katex-display'))
    return [{ kind: 'equation', id: null, number: null, math: formulaIn(element)! }];
  if (tagName === 'figure') return readFigure(element, place);
  if (tagName === 'table')
    return [
      { kind: 'table', id: idOf(element), ...readCaption(element, place), grid: readGrid(element, place) },
    ];
  if (tagName === 'ul' || tagName === 'ol') return [readList(element, place)];
  if (tagName === 'pre') return [{ kind: 'code', title: [], text: toText(element, { whitespace: 'pre' }) }];
  if (tagName === 'blockquote')
    return [{ kind: 'quotation', blocks: requireBlocks(readPieces(element.children, place)) }];
  if (tagName === 'hr') return [];
  if (element.properties['dataFootnotes'] !== undefined) return readNotes(element, place);
  if (isPicture(element)) return isPrinted(element) ? [pictureBlock(element, element, place)] : [];
  if (tagName === 'summary')
    return [
      {
        kind: 'paragraph',
        children: [{ kind: 'marked', mark: 'strong', children: readInlines(element.children, place) }],
      },
    ];
  return undefined;
};

const containers = new Set([
  'p',
  'div',
  'section',
  'article',
  'details',
  'aside',
  'header',
  'footer',
  'dl',
  'dt',
  'dd',
  'main',
  'astro-island',
]);
const holdsBlocks = (element: Element): boolean =>
  !classesOf(element).includes('katex') &&
  element.children.some((child) => child.type === 'element' && (!isInline(child) || holdsBlocks(child)));

/** What stands before a block where references lead to it and it does not say so itself. */
const anchorBefore = (element: Element, pieces: readonly Piece[], place: ReadPlace): readonly Piece[] => {
  const id = anchorOf(element, place);
  return id === null || pieces.some((piece) => 'id' in piece && piece.id === id)
    ? []
    : [{ kind: 'paragraph', children: [{ kind: 'anchor', id }] }];
};

/** Text and what stands in it, as against blocks. */
const isInline = (element: Element): boolean =>
  classesOf(element).includes('katex') ||
  (/^(a|abbr|b|br|cite|code|del|dfn|em|i|ins|kbd|label|mark|q|s|samp|small|span|strong|sub|sup|time|u|var|wbr)$/.test(
    element.tagName,
  ) &&
    !classesOf(element).includes('katex-display'));

export const readPieces = (nodes: readonly ElementContent[], place: ReadPlace): readonly Piece[] => {
  const pieces: Piece[] = [];
  let run: ElementContent[] = [];
  const endRun = (): void => {
    const children = trimmed(readInlines(run, place));
    if (children.length > 0) pieces.push({ kind: 'paragraph', children });
    run = [];
  };
  for (const node of nodes) {
    if (node.type !== 'element') {
      run.push(node);
      continue;
    }
    if (isLeftOut(node)) continue;
    const block = readBlock(node, place);
    if (block) {
      endRun();
      pieces.push(...anchorBefore(node, block, place), ...block);
    } else if (containers.has(node.tagName)) {
      endRun();
      if (holdsBlocks(node)) {
        const inner = readPieces(node.children, place);
        pieces.push(...anchorBefore(node, inner, place), ...inner);
      } else
        run.push(
          { ...node, tagName: 'span', properties: { id: idOf(node) }, children: [] },
          ...node.children,
        );
      endRun();
    } else if (isInline(node) && !holdsBlocks(node)) run.push(node);
    else if (isInline(node)) {
      endRun();
      pieces.push(...readPieces(node.children, place));
    } else throw noExportForm(node, place);
  }
  endRun();
  return pieces;
};
