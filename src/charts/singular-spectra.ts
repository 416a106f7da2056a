import type { ChartOf } from './chart.ts';
import { matrixLinesWithLegend, nullColour } from './figure-style.ts';
import { seriesRows } from './result-rows.ts';

/** A panel below this width in pixels cannot be read. */
const narrowestPanel = 220;

/** Normalised singular values of Q, K and V, a panel a layer, over the quarter circle's. */
export const singularSpectra: ChartOf = (data, width) => {
  const rows = seriesRows(data, 'singular-spectra');
  const x = { field: 'index', type: 'quantitative', title: 'index' } as const;
  const y = { field: 'share', type: 'quantitative', title: 'share of the sum' } as const;
  const panels = width >= 2 * narrowestPanel ? 2 : 1;
  return {
    columns: ['layer', 'matrix', 'index', 'share'],
    rows,
    spec: {
      data: { values: [...rows] },
      facet: { field: 'layer', type: 'ordinal', title: 'layer' },
      columns: panels,
      spec: {
        width: (width - 30 * (panels - 1)) / panels,
        height: 170,
        layer: [
          {
            transform: [{ filter: "datum.matrix === 'MP'" }],
            mark: { type: 'area', color: nullColour, opacity: 0.5 },
            encoding: { x, y },
          },
          {
            transform: [{ filter: "datum.matrix !== 'MP'" }],
            mark: { type: 'line' },
            encoding: {
              x,
              y,
              ...matrixLinesWithLegend,
            },
          },
        ],
      },
    },
  };
};
