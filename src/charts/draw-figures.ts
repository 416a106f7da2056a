import type { PaperData } from '../engine/paper-data.ts';
import { PaperError } from '../engine/paper-error.ts';
import { charts } from './charts.ts';
import { drawChart } from './draw-chart.ts';

/** The figures that this paper's results can draw: id -> SVG. */
export const drawFigures = async (data: PaperData): Promise<ReadonlyMap<string, string>> => {
  const drawn = new Map<string, string>();
  for (const [id, chartOf] of Object.entries(charts)) {
    const { rows, columns, spec } = chartOf(data);
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
