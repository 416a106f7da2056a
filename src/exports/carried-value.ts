import { PaperError } from '../engine/stage/index.ts';
import type { NamedValue } from '../results/derive-values.ts';
import { formatNamed } from '../results/format-value.ts';
import type { Block, ExportDocument, Inline, Section } from './export-document.ts';

/** A computed value in a file. */
export interface CarriedValue {
  readonly id: string;
  /** Letters alone: no spaces, and a power without its caret. */
  readonly text: string;
  /** Where it stands, as far as the file has lines. */
  readonly line: number | null;
}

/**
 * What is compared: spaces, and what a file may break a word with, say nothing, and a font has one drawing for several
 * apostrophes.
 */
export const bare = (text: string): string =>
  text
    .normalize('NFKC')
    .replace(/[\s\u200b\u00ad‐-]/gu, '')
    .replace(/[ʼ']/gu, '’');

/** How results.json says that a value is printed. */
export const expectedText = (named: NamedValue): string =>
  bare(formatNamed(named).replace(/(?<=\u202f×\u202f10)\^/, ''));

/** Every run of inline text of a paper: paragraphs, captions, titles, and the rows of tables. */
export const runsOf = ({
  blocks,
  sections,
}: Pick<ExportDocument, 'blocks' | 'sections'>): readonly (readonly Inline[])[] => {
  const ofBlock = (block: Block): readonly (readonly Inline[])[] => {
    switch (block.kind) {
      case 'paragraph':
        return [block.children];
      case 'code':
        return [block.title];
      case 'list':
        return block.items.flatMap(({ blocks }) => blocks.flatMap(ofBlock));
      case 'quotation':
        return block.blocks.flatMap(ofBlock);
      case 'bibliography':
        return block.entries.map(({ children }) => children);
      case 'table':
        return [
          block.caption,
          ...[...block.grid.head, ...block.grid.body].map((row) => row.flatMap(({ lines }) => lines.flat())),
        ];
      case 'figure':
        return [block.caption];
      case 'equation':
        return [];
    }
  };
  const ofSection = (section: Section): readonly (readonly Inline[])[] => [section.title, ...runsOf(section)];
  return [...blocks.flatMap(ofBlock), ...sections.flatMap(ofSection)];
};

/** Names of the values of a run, in order. */
export const valuesIn = (inlines: readonly Inline[]): readonly string[] =>
  inlines.flatMap((inline) => {
    if (inline.kind === 'value') return [inline.id];
    return 'children' in inline ? valuesIn(inline.children) : [];
  });

/** A file that says something else than the results do. */
export const exportDiffers = (file: string, line: number | null, details: readonly string[]): PaperError =>
  new PaperError('ExportDiffers', 'an export does not carry the numbers of results.json.', {
    where: { file, ...(line === null ? {} : { line }) },
    details,
    hint: 'export again, `npm run paper -- export`; if it comes back, the export has a fault: tell its maintainers the lines above.',
  });

const counted = (names: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1);
  return counts;
};

/**
 * Holds what a file carries against what the page prints: every value of the page, as often as there, each as
 * results.json has it printed, and no other.
 *
 * @throws ExportDiffers for the first that differs
 */
export const requireSameValues = (
  file: string,
  document: ExportDocument,
  values: Readonly<Record<string, NamedValue>>,
  carried: readonly CarriedValue[],
): void => {
  for (const { id, text, line } of carried) {
    const named = values[id];
    if (!named)
      throw exportDiffers(file, line, [`'${id}': results.json has no such value; received '${text}'`]);
    const expected = expectedText(named);
    if (text !== expected)
      throw exportDiffers(file, line, [`'${id}': expected '${expected}'; received '${text}'`]);
  }
  const [onPage, inFile] = [
    counted(runsOf(document).flatMap(valuesIn)),
    counted(carried.map(({ id }) => id)),
  ];
  for (const id of new Set([...onPage.keys(), ...inFile.keys()])) {
    const [expected, received] = [onPage.get(id) ?? 0, inFile.get(id) ?? 0];
    if (expected !== received)
      throw exportDiffers(file, carried.find((one) => one.id === id)?.line ?? null, [
        `'${id}': expected it ${expected} times, as on the page; received ${received}`,
      ]);
  }
};
