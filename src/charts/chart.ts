import type { TopLevelSpec } from 'vega-lite';
import type { PaperData } from '../results/paper-data.ts';
import type { PlainCell as Cell } from '../results/result-schema.ts';

/** One figure: the points that it draws, which are also its download, and how. */
export interface Chart {
  readonly columns: readonly string[];
  readonly rows: readonly Readonly<Record<string, Cell>>[];
  readonly spec: TopLevelSpec;
}

/**
 * Pure: results -> chart.
 *
 * @param width of the plotting area in pixels
 * @throws UnknownTable, UnknownSeries when the results lack what it draws
 */
export type ChartOf = (data: PaperData, width: number) => Chart;
