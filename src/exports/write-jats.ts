import type { Element, ElementContent, Root } from 'xast';
import { toXml } from 'xast-util-to-xml';
import { x } from 'xastscript';
import { abstractOf } from './abstract-of.ts';
import { type Anchors, anchorsIn } from './anchors-in.ts';
import type { Block, Cell, ExportDocument, Inline, Section } from './export-document.ts';
import { jatsFront } from './jats-front.ts';
import { jatsFormula, jatsInlines, xmlId, xmlLetters } from './jats-inline.ts';

const version = '1.3';

/** What `DOCTYPE` says of it. */
export const jatsDoctype = {
  public: `-//NLM//DTD JATS (Z39.96) Journal Archiving and Interchange DTD with MathML3 v${version} 20210610//EN`,
  system: `https://jats.nlm.nih.gov/archiving/${version}/JATS-archivearticle1-3-mathml3.dtd`,
} as const;

const idOf = (id: string | null): { readonly id?: string } => (id === null ? {} : { id: xmlId(id) });

const breaks = (lines: readonly ElementContent[][]): ElementContent[] =>
  lines.flatMap((line, at) => (at === 0 ? line : [x('break'), ...line]));

const writeCell = ({ isHead, isNumber, lines, columns }: Cell, anchors: Anchors): Element =>
  x(
    isHead ? 'th' : 'td',
    { ...(isNumber ? { align: 'right' } : {}), ...(columns > 1 ? { colspan: String(columns) } : {}) },
    breaks(lines.map((line) => jatsInlines(line, anchors))),
  );

const writeRows = (rows: readonly (readonly Cell[])[], anchors: Anchors): Element[] =>
  rows.map((row) =>
    x(
      'tr',
      row.map((cell) => writeCell(cell, anchors)),
    ),
  );

const captionOf = (caption: readonly Inline[], anchors: Anchors): Element[] =>
  caption.length === 0 ? [] : [x('caption', [x('p', jatsInlines(caption, anchors))])];

const labelOf = (label: { readonly word: string; readonly number: string } | null): Element[] =>
  label ? [x('label', `${label.word} ${label.number}`)] : [];

/** A block where paragraphs alone may stand is one within a paragraph. */
const inParagraphs = (blocks: readonly Block[], anchors: Anchors): Element[] =>
  blocks.map((block) => {
    const written = writeBlock(block, anchors);
    return written.length === 1 && (written[0]!.name === 'p' || written[0]!.name === 'list')
      ? written[0]!
      : x('p', written);
  });

const writeBlock = (block: Block, anchors: Anchors): Element[] => {
  switch (block.kind) {
    case 'paragraph':
      return [x('p', jatsInlines(block.children, anchors))];
    case 'equation':
      return [
        x(
          'disp-formula',
          idOf(block.id),
          block.number === null ? [] : [x('label', `(${block.number})`)],
          jatsFormula(block.math),
        ),
      ];
    case 'code':
      return [
        ...(block.title.length > 0 ? [x('p', jatsInlines(block.title, anchors))] : []),
        x('code', { 'xml:space': 'preserve' }, xmlLetters(block.text)),
      ];
    case 'list':
      return [
        x(
          'list',
          { 'list-type': block.style === 'bullet' ? 'bullet' : 'order' },
          block.items.map(({ id, blocks }) => x('list-item', idOf(id), inParagraphs(blocks, anchors))),
        ),
      ];
    case 'quotation':
      return [x('disp-quote', inParagraphs(block.blocks, anchors))];
    case 'bibliography':
      return [];
    case 'table':
      return [
        x('table-wrap', idOf(block.id), labelOf(block.label), captionOf(block.caption, anchors), [
          x('table', [
            ...(block.grid.head.length > 0 ? [x('thead', writeRows(block.grid.head, anchors))] : []),
            x('tbody', writeRows(block.grid.body, anchors)),
          ]),
        ]),
      ];
    case 'figure':
      return [
        x('fig', idOf(block.id), labelOf(block.label), captionOf(block.caption, anchors), [
          x(
            'graphic',
            {
              mimetype: 'application',
              'mime-subtype': 'pdf',
              'xlink:href': `figures/${block.picture.name}.pdf`,
            },
            block.alt === '' ? [] : [x('alt-text', xmlLetters(block.alt))],
          ),
        ]),
      ];
  }
};

const writeSection = (section: Section, anchors: Anchors): Element =>
  x('sec', idOf(section.id), [
    ...(section.number === null ? [] : [x('label', section.number)]),
    x('title', jatsInlines(section.title, anchors)),
    ...section.blocks.flatMap((block) => writeBlock(block, anchors)),
    ...section.sections.filter((inner) => !isNotes(inner)).map((inner) => writeSection(inner, anchors)),
  ]);

const isNotes = ({ blocks, sections }: Section): boolean =>
  blocks.length > 0 &&
  sections.length === 0 &&
  blocks.every((block) => block.kind === 'list' && block.style === 'notes');

/** Footnotes of every page, which JATS has at the end. */
const notesIn = (sections: readonly Section[]): readonly Section[] =>
  sections.flatMap((section) => (isNotes(section) ? [section] : notesIn(section.sections)));

const writeNotes = ({ id, title, blocks }: Section, anchors: Anchors): Element =>
  x('fn-group', idOf(id), [
    x('title', jatsInlines(title, anchors)),
    ...blocks
      .flatMap((block) => (block.kind === 'list' ? block.items : []))
      .map((item, at) =>
        x('fn', idOf(item.id), [
          x('label', String(at + 1)),
          ...inParagraphs(item.blocks, anchors).map((block) => (block.name === 'p' ? block : x('p', block))),
        ]),
      ),
  ]);

const isReferences = ({ blocks, sections }: Section): boolean =>
  blocks.length > 0 && sections.length === 0 && blocks.every(({ kind }) => kind === 'bibliography');

/** What holds elements alone: each stands on a line of its own, so that a fault has a line. */
const holders = new Set(
  'article front article-meta abstract body sec fig table-wrap table thead tbody tr list list-item back fn-group ref-list'.split(
    ' ',
  ),
);

const inLines = (element: Element): void => {
  for (const child of element.children) if (child.type === 'element') inLines(child);
  if (holders.has(element.name))
    element.children = element.children.flatMap((child): ElementContent[] => [
      { type: 'text', value: '\n' },
      child,
    ]);
};

/** A paper as JATS 1.3 (Journal Archiving and Interchange, with MathML 3): its figures are `figures/<name>.pdf` beside it. */
export const writeJats = (document: ExportDocument): string => {
  const { masthead, blocks, sections } = document;
  const anchors: Anchors = new Map(anchorsIn({ blocks, sections }));
  const abstract = abstractOf(sections);
  const references = sections.filter(isReferences);
  const notes = notesIn(sections);
  const text = [...(abstract?.sections ?? []), ...sections].filter(
    (section) => section !== abstract && !references.includes(section) && !notes.includes(section),
  );
  const cited = references.flatMap((section) =>
    section.blocks.flatMap((block) =>
      block.kind === 'bibliography' ? [{ section, entries: block.entries }] : [],
    ),
  );
  const back = [
    ...notes.map((section) => writeNotes(section, anchors)),
    ...cited.map(({ section, entries }) =>
      x('ref-list', idOf(section.id), [
        x('title', jatsInlines(section.title, anchors)),
        ...entries.map(({ id, children }) =>
          x('ref', { id: xmlId(id) }, [x('mixed-citation', jatsInlines(children, anchors))]),
        ),
      ]),
    ),
  ];
  const article = x(
    'article',
    {
      'article-type': 'research-article',
      'dtd-version': '1.3',
      'xml:lang': 'en',
      'xmlns:xlink': 'http://www.w3.org/1999/xlink',
      'xmlns:mml': 'http://www.w3.org/1998/Math/MathML',
    },
    [
      jatsFront(masthead, abstract ? inParagraphs(abstract.blocks, anchors) : null, abstract?.id ?? null),
      x('body', [
        ...blocks.flatMap((block) => writeBlock(block, anchors)),
        ...text.map((section) => writeSection(section, anchors)),
      ]),
      ...(back.length === 0 ? [] : [x('back', back)]),
    ],
  );
  inLines(article);
  const root: Root = {
    type: 'root',
    children: [
      { type: 'instruction', name: 'xml', value: 'version="1.0" encoding="UTF-8"' },
      { type: 'text', value: '\n' },
      { type: 'doctype', name: 'article', ...jatsDoctype },
      { type: 'text', value: '\n' },
      article,
      { type: 'text', value: '\n' },
    ],
  };
  return toXml(root);
};
