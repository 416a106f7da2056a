import escapeStringRegexp from 'escape-string-regexp';
import type { NamedValue } from '../results/derive-values.ts';
import { bare, expectedText, exportDiffers, runsOf, valuesIn } from './carried-value.ts';
import type { ExportDocument, Inline } from './export-document.ts';

/** Below it the page's number stands, in points. */
const footHeight = 55;

/** The text of a PDF's pages in the order in which it is written, without what stands in the foot. */
export const textOfPdf = async (pdf: Uint8Array): Promise<readonly string[]> => {
  const { getDocumentProxy } = await import('unpdf');
  const document = await getDocumentProxy(new Uint8Array(pdf));
  const pages: string[] = [];
  for (let at = 1; at <= document.numPages; at++) {
    const { items } = await (await document.getPage(at)).getTextContent();
    pages.push(
      items
        .flatMap((item) => ('str' in item && Number(item.transform[5]) > footHeight ? [item.str] : []))
        .join(''),
    );
  }
  await document.destroy();
  return pages;
};

/** Bare of the mark of a claim, which styles set behind its sentence on paper: it is in no text of a page. */
const unmarked = (text: string): string => bare(text).replaceAll('∴', '');

/** Text between two formulas: what surrounds values tells which of many equal numbers is meant. */
interface Fragment {
  readonly pieces: readonly (string | { readonly id: string })[];
}

/** Formulas are drawn where their parts stand, in an order of their own. */
const fragmentsOf = (run: readonly Inline[]): readonly Fragment[] => {
  const fragments: (string | { readonly id: string })[][] = [[]];
  const collect = (inlines: readonly Inline[]): void => {
    for (const inline of inlines) {
      if (inline.kind === 'math') fragments.push([]);
      else if (inline.kind === 'value') fragments.at(-1)!.push({ id: inline.id });
      else if (inline.kind === 'text') fragments.at(-1)!.push(unmarked(inline.text));
      else if ('children' in inline) collect(inline.children);
    }
  };
  collect(run);
  return fragments
    .map((pieces) => ({ pieces }))
    .filter(({ pieces }) => pieces.some((piece) => typeof piece !== 'string'));
};

/** So much of a text tells where it is. */
const told = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** So much on one side of a value tells which of many equal numbers is meant. */
const contextLength = 16;

/**
 * Whether each value of a paragraph that a page ends within stands behind the words before it, or before those behind
 * it: figures of the page are drawn between the two halves.
 */
const standsInParts = (text: string, printed: readonly string[], pieces: Fragment['pieces']): boolean =>
  pieces.every((piece, at) => {
    if (typeof piece === 'string') return true;
    const value = printed[at] ?? '';
    const before = printed.slice(0, at).join('').slice(-contextLength);
    const after = printed
      .slice(at + 1)
      .join('')
      .slice(0, contextLength);
    return (
      (before.length === contextLength &&
        new RegExp(`${escapeStringRegexp(before + value)}(?!\\d)`, 'u').test(text)) ||
      (after.length === contextLength && text.includes(value + after))
    );
  });

/**
 * Reads a PDF back: every value of the page stands in it within the words that surround it on the page, as results.json
 * has it printed.
 *
 * @throws ExportDiffers naming the value, what was expected and what the PDF has in its place
 */
export const requireValuesInPdf = async (
  file: string,
  document: ExportDocument,
  values: Readonly<Record<string, NamedValue>>,
  pdf: Uint8Array,
): Promise<void> => {
  const text = unmarked((await textOfPdf(pdf)).join(''));
  let from = 0;
  for (const run of runsOf(document)) {
    if (valuesIn(run).length === 0) continue;
    for (const { pieces } of fragmentsOf(run)) {
      const textOf = (piece: Fragment['pieces'][number]): string => {
        if (typeof piece === 'string') return piece;
        const named = values[piece.id];
        if (!named) throw exportDiffers(file, null, [`'${piece.id}': results.json has no such value`]);
        return expectedText(named);
      };
      const expected = pieces.map(textOf).join('');
      const after = text.indexOf(expected, from);
      if (after >= 0) {
        from = after + expected.length;
        continue;
      }
      // What a page break, or an order of drawing, put elsewhere.
      if (text.includes(expected) || standsInParts(text, pieces.map(textOf), pieces)) continue;
      const form = pieces.map((piece) =>
        typeof piece === 'string' ? escapeStringRegexp(piece) : '(.{1,24}?)',
      );
      const any = new RegExp(`${form.join('')}(?!\\d)`, 'u');
      const found = any.exec(text);
      const ids = pieces.flatMap((piece) => (typeof piece === 'string' ? [] : [piece.id]));
      const differing = ids.findIndex((id, at) => found && found[at + 1] !== expectedText(values[id]!));
      throw exportDiffers(
        file,
        null,
        found && differing >= 0
          ? [
              `'${ids[differing]}': expected '${expectedText(values[ids[differing]!]!)}'; received '${found[differing + 1]}'`,
              `in '${told(expected)}'`,
            ]
          : [`'${ids[0]}' and what surrounds it was not found: expected '${told(expected)}'`],
      );
    }
  }
};
