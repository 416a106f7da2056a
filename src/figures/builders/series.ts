import type { SeriesStyle } from '../theme.ts';

/** One line, or one kind of point: how it is called, and its colour with dash and shape. */
export interface SeriesOf {
  readonly label: string;
  readonly style: SeriesStyle;
}

/** By column. */
export type Series = Readonly<Record<string, SeriesOf>>;

/** A Vega-Lite specification. */
export type Specification = Readonly<Record<string, unknown>>;
