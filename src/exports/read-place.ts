import type { Element } from 'hast';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';

/** What reading a page needs to know of where it is. */
export interface ReadPlace {
  /** Where the page is served; null where the site does not know it. */
  readonly address: string | null;
  /** Where an author wrote an element, as far as that can be told. */
  readonly whereOf: (element: Element) => SourcePosition;
  /** What references of the page lead to, of what is not left out of it. */
  readonly anchors: ReadonlySet<string>;
  /** Counts the drawings and pictures of the page. */
  readonly pictures: { count: number };
}

/** What of a page no export can carry. */
export const noExportForm = (element: Element, { whereOf }: ReadPlace): PaperError =>
  new PaperError('NoExportForm', `<${element.tagName}> has no form in print, LaTeX or JATS.`, {
    where: whereOf(element),
    details: ['expected text, lists, tables, pictures, formulas and code'],
    hint: 'mark what screens alone show, `<div data-media="screen">…</div>`, and say beside it what paper shows instead: `<p data-media="print">…</p>`.',
  });
