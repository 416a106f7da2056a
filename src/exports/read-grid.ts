import type { Element } from 'hast';
import type { Cell, Grid, Inline } from './export-document.ts';
import { anchorOf, classesOf, isLeftOut, readInlines, trimmed } from './read-inline.ts';
import type { ReadPlace } from './read-place.ts';

/** Spans that a page sets below each other. */
const ownLine = new Set(['computed', 'aside', 'unit']);

const readLines = (
  element: Element,
  anchors: readonly Inline[],
  place: ReadPlace,
): readonly (readonly Inline[])[] => {
  const lines: Inline[][] = [[...anchors]];
  for (const node of element.children) {
    if (node.type === 'element' && isLeftOut(node)) continue;
    const name = node.type === 'element' ? classesOf(node).find((one) => ownLine.has(one)) : undefined;
    const inlines = readInlines([node], place);
    if (name === undefined) lines.at(-1)!.push(...inlines);
    else
      lines.push(
        name === 'computed' ? [...inlines] : [{ kind: 'marked', mark: 'small', children: trimmed(inlines) }],
        [],
      );
  }
  return lines.map(trimmed).filter((line) => line.length > 0);
};

const elementsOf = ({ children }: Element, ...tags: readonly string[]): readonly Element[] =>
  children.filter((child): child is Element => child.type === 'element' && tags.includes(child.tagName));

const anchorInlines = (elements: readonly Element[], place: ReadPlace): readonly Inline[] =>
  elements.flatMap((element) => {
    const id = anchorOf(element, place);
    return id === null ? [] : [{ kind: 'anchor', id }];
  });

const readRow = (row: Element, place: ReadPlace): readonly Cell[] =>
  elementsOf(row, 'th', 'td').map((cell, at) => ({
    isHead: cell.tagName === 'th',
    isNumber:
      classesOf(cell).includes('number') ||
      /right/.test(String(cell.properties['style'] ?? cell.properties['align'] ?? '')),
    lines: readLines(cell, anchorInlines(at === 0 ? [row, cell] : [cell], place), place),
    columns: Number(cell.properties['colSpan'] ?? 1),
  }));

/** A table's head and body; a foot stands below the body. */
export const readGrid = (table: Element, place: ReadPlace): Grid => {
  const rowsOf = (...tags: readonly string[]) =>
    elementsOf(table, ...tags)
      .flatMap((part) => (part.tagName === 'tr' ? [part] : elementsOf(part, 'tr')))
      .map((row) => readRow(row, place));
  return { head: rowsOf('thead'), body: [...rowsOf('tbody', 'tr'), ...rowsOf('tfoot')] };
};
