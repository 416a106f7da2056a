/** What an exploration answers with: drawn by the page, which knows nothing of what it means. */
import { PaperError } from '../engine/stage/index.ts';

/** Where a table of the paper prints a figure. */
export interface TablePlace {
  readonly table: string;
  /** The row's address on the table's page. */
  readonly row: string;
}

export type View =
  | { readonly kind: 'words'; readonly title: string; readonly text: string }
  | {
      /** Shares of one whole. */
      readonly kind: 'bars';
      readonly title: string;
      readonly bars: readonly { readonly label: string; readonly value: number }[];
    }
  | {
      readonly kind: 'map';
      readonly title: string;
      readonly rows: number;
      readonly cols: number;
      /** [rows, cols], row by row */
      readonly values: Float32Array | Float64Array;
      /** What a row and a column are, for example `query`. */
      readonly axes: readonly [row: string, column: string];
      /** Of rows and columns; they are counted from 0 without. */
      readonly labels?: readonly [rows: readonly string[], columns: readonly string[]];
      /** `signed`: colours part at zero. `share`: from zero to one. */
      readonly scale: 'signed' | 'share';
      /** Whether entries above the diagonal are none. */
      readonly isCausal?: boolean;
    }
  | {
      readonly kind: 'lines';
      readonly title: string;
      readonly axes: readonly [x: string, y: string];
      /** Over 1, 2, …; the second and later ones are dashed. */
      readonly lines: readonly { readonly label: string; readonly values: Float64Array }[];
    }
  | {
      readonly kind: 'figures';
      readonly title: string;
      readonly figures: readonly {
        readonly label: string;
        readonly value: number;
        readonly place?: TablePlace;
      }[];
    };

const numbersOf = (view: View): Iterable<number> => {
  switch (view.kind) {
    case 'words':
      return [];
    case 'bars':
      return view.bars.map(({ value }) => value);
    case 'map':
      return view.isCausal
        ? view.values.filter((_, at) => at % view.cols <= Math.floor(at / view.cols))
        : view.values;
    case 'lines':
      return view.lines.flatMap(({ values }) => [...values]);
    case 'figures':
      return view.figures.map(({ value }) => value);
  }
};

/** @throws NotFinite before a reader is shown what is no number; ShapeMismatch for a map that its numbers do not fill */
export const requireShowable = (views: readonly View[]): readonly View[] => {
  for (const view of views) {
    if (view.kind === 'map' && view.values.length !== view.rows * view.cols) {
      throw new PaperError('ShapeMismatch', `'${view.title}' does not fill its rows and columns.`, {
        details: [`expected ${view.rows} x ${view.cols} numbers; received ${view.values.length}`],
        hint: 'this is a fault of the exploration.',
      });
    }
    for (const value of numbersOf(view)) {
      if (Number.isFinite(value)) continue;
      throw new PaperError('NotFinite', `'${view.title}' holds an entry that is not a finite number.`, {
        details: [`expected finite numbers; received ${value}`],
        hint: 'the file that it was computed from is damaged, or of a run that diverged.',
      });
    }
  }
  return views;
};
