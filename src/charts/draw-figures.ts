import { PaperError } from '../engine/stage/index.ts';
import type { PaperData } from '../results/paper-data.ts';
import { chartsOf } from './charts.ts';
import { drawChart } from './draw-chart.ts';

/**
 * Draws every figure of a paper: id -> SVG.
 *
 * @throws EmptyFigure, or BadChart for what Vega-Lite refuses or warns of
 */
export const drawFigures = async (data: PaperData): Promise<ReadonlyMap<string, string>> => {
  const drawn = new Map<string, string>();
  for (const [id, { rows, columns, spec }] of chartsOf(data)) {
    if (rows.length === 0) {
      throw new PaperError('EmptyFigure', `figure '${id}' has no points.`, {
        where: { file: `src/charts/${id}.ts` },
        hint: 'see the stage that makes its results.',
      });
    }
    drawn.set(id, await drawChart(id, spec, columns));
  }
  return drawn;
};
