import type { Block, Inline, Section } from './export-document.ts';

/** What an anchor of the text is, in JATS's words. */
export type AnchorKind = 'table' | 'fig' | 'disp-formula' | 'sec' | 'bibr' | 'fn' | 'other';

/** Anchor -> what it is. */
export type Anchors = ReadonlyMap<string, AnchorKind>;

type Anchor = readonly [string, AnchorKind];

const ofInlines = (inlines: readonly Inline[]): readonly Anchor[] =>
  inlines.flatMap((inline): readonly Anchor[] => [
    ...(inline.kind === 'anchor' ? [[inline.id, 'other'] as const] : []),
    ...(inline.kind === 'claim' ? [[`claim-${inline.id}`, 'other'] as const] : []),
    ...('children' in inline ? ofInlines(inline.children) : []),
  ]);

const ofBlock = (block: Block): readonly Anchor[] => {
  const own = (kind: AnchorKind): readonly Anchor[] =>
    'id' in block && block.id !== null ? [[block.id, kind]] : [];
  switch (block.kind) {
    case 'paragraph':
      return ofInlines(block.children);
    case 'equation':
      return own('disp-formula');
    case 'code':
      return ofInlines(block.title);
    case 'list':
      return block.items.flatMap(({ id, blocks }): readonly Anchor[] => [
        ...(id === null ? [] : [[id, block.style === 'notes' ? 'fn' : 'other'] as const]),
        ...blocks.flatMap(ofBlock),
      ]);
    case 'quotation':
      return block.blocks.flatMap(ofBlock);
    case 'bibliography':
      return block.entries.map(({ id }) => [id, 'bibr']);
    case 'table': {
      const cells = [...block.grid.head, ...block.grid.body].flat();
      return [
        ...own('table'),
        ...ofInlines([...block.caption, ...cells.flatMap(({ lines }) => lines.flat())]),
      ];
    }
    case 'figure':
      return [...own('fig'), ...ofInlines(block.caption)];
  }
};

/** Every anchor of a text. */
export const anchorsIn = ({ blocks, sections }: Pick<Section, 'blocks' | 'sections'>): readonly Anchor[] => [
  ...blocks.flatMap(ofBlock),
  ...sections.flatMap((section): readonly Anchor[] => [
    ...(section.id === null ? [] : [[section.id, 'sec'] as const]),
    ...ofInlines(section.title),
    ...anchorsIn(section),
  ]),
];
