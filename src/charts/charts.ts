import type { PaperData } from '../results/paper-data.ts';
import { bandEnergies } from './band-energies.ts';
import type { Chart, ChartOf } from './chart.ts';
import { correlationDistribution } from './correlation-distribution.ts';
import { cumulativeEnergy } from './cumulative-energy.ts';
import { drift } from './drift.ts';
import { lossCurves } from './loss-curves.ts';
import { normsOverDepth } from './norms-over-depth.ts';
import { singularSpectra } from './singular-spectra.ts';
import { valueOverQuery } from './value-over-query.ts';

interface Figure {
  /** The table or series that the chart draws. */
  readonly from: string;
  readonly chartOf: ChartOf;
}

/** Every figure that a page can name, if its paper has what the figure draws. */
const figures: Readonly<Record<string, Figure>> = {
  'loss-curves': { from: 'loss-curves', chartOf: lossCurves },
  'correlation-distribution': { from: 'correlations-by-layer', chartOf: correlationDistribution },
  'band-energies': { from: 'band-energy', chartOf: bandEnergies },
  'singular-spectra': { from: 'singular-spectra', chartOf: singularSpectra },
  'norms-over-depth': { from: 'value-crescendo', chartOf: normsOverDepth },
  'value-over-query': { from: 'value-crescendo', chartOf: valueOverQuery },
  'cumulative-energy': { from: 'cumulative-energy', chartOf: cumulativeEnergy },
  drift: { from: 'non-uniqueness', chartOf: drift },
};

/** Widths of a figure's plotting area in pixels: in the reading column, and on a phone. */
export const plotWidths = { column: 540, phone: 246 } as const;

/** The figures that a paper's results can draw, for one width. */
export const chartsOf = (data: PaperData, width: number = plotWidths.column): ReadonlyMap<string, Chart> =>
  new Map(
    Object.entries(figures)
      .filter(([, { from }]) => from in data.tables || from in data.series)
      .map(([id, { chartOf }]) => [id, chartOf(data, width)]),
  );
