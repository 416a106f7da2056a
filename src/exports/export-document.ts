/** A paper as its exports carry it: read from the page that was built, so that no export says what the page does not. */
import type { Element } from 'hast';

export type Inline =
  | { readonly kind: 'text'; readonly text: string }
  /** A computed value, as it is printed; what stands raised in it is within `sup`. */
  | { readonly kind: 'value'; readonly id: string; readonly children: readonly Inline[] }
  | { readonly kind: 'math'; readonly math: Formula }
  | { readonly kind: 'marked'; readonly mark: Mark; readonly children: readonly Inline[] }
  /** A sentence of a claim. */
  | {
      readonly kind: 'claim';
      readonly id: string;
      readonly verdict: string;
      readonly children: readonly Inline[];
    }
  /** Out of the paper. */
  | { readonly kind: 'link'; readonly href: string; readonly children: readonly Inline[] }
  /** To an anchor of the paper. */
  | { readonly kind: 'reference'; readonly to: string; readonly children: readonly Inline[] }
  /** What references lead to, where no block or claim is it. */
  | { readonly kind: 'anchor'; readonly id: string }
  | { readonly kind: 'break' };

/** `framed` is the word beside a sentence that tells what the original says. */
export type Mark =
  | 'emphasis'
  | 'strong'
  | 'code'
  | 'superscript'
  | 'subscript'
  | 'small'
  | 'framed'
  | 'struck';

export interface Formula {
  readonly tex: string;
  /** KaTeX's MathML of it. */
  readonly mathml: Element;
}

export interface Cell {
  readonly isHead: boolean;
  readonly isNumber: boolean;
  /** One below the other. */
  readonly lines: readonly (readonly Inline[])[];
  readonly columns: number;
}

export interface Grid {
  readonly head: readonly (readonly Cell[])[];
  readonly body: readonly (readonly Cell[])[];
}

/** What a table or a figure is called: `Table 3`. */
export interface Label {
  readonly word: string;
  readonly number: string;
}

export interface TableBlock {
  readonly kind: 'table';
  readonly id: string | null;
  readonly label: Label | null;
  readonly caption: readonly Inline[];
  readonly grid: Grid;
}

export interface FigureBlock {
  readonly kind: 'figure';
  readonly id: string | null;
  readonly label: Label | null;
  readonly caption: readonly Inline[];
  readonly alt: string;
  /** Its place among the drawings and pictures of the page, from 0, and the name of its file without the ending. */
  readonly picture: { readonly at: number; readonly name: string };
}

export type Block =
  | { readonly kind: 'paragraph'; readonly children: readonly Inline[] }
  | {
      readonly kind: 'equation';
      readonly id: string | null;
      readonly number: string | null;
      readonly math: Formula;
    }
  | { readonly kind: 'code'; readonly title: readonly Inline[]; readonly text: string }
  | { readonly kind: 'list'; readonly style: 'bullet' | 'order' | 'notes'; readonly items: readonly Item[] }
  | { readonly kind: 'quotation'; readonly blocks: readonly Block[] }
  | { readonly kind: 'bibliography'; readonly entries: readonly BibliographyEntry[] }
  | TableBlock
  | FigureBlock;

/** Of a list; a footnote where it is one of notes. */
export interface Item {
  /** Where references lead to it. */
  readonly id: string | null;
  readonly blocks: readonly Block[];
}

export interface BibliographyEntry {
  readonly id: string;
  readonly children: readonly Inline[];
}

export interface Section {
  readonly id: string | null;
  /** `2.1`; null for one that has none. */
  readonly number: string | null;
  readonly title: readonly Inline[];
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}

/** What stands above the text. */
export interface Masthead {
  readonly title: string;
  readonly summary: string;
  readonly authors: readonly string[];
  /** Those of the authors that are no persons. */
  readonly organizations?: readonly string[] | undefined;
  /** As it is printed. */
  readonly date: string | null;
  readonly license: string | null;
  /** `after “…”, …`, of a paper that reproduces another. */
  readonly original: string | null;
  /** Where the page is served; null where the site does not know it. */
  readonly address: string | null;
  /** What it was built from. */
  readonly commit: string | null;
}

export interface ExportDocument {
  readonly paper: string;
  readonly masthead: Masthead;
  /** Before the first heading. */
  readonly blocks: readonly Block[];
  readonly sections: readonly Section[];
}
