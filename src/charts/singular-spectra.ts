import type { ChartOf } from './chart.ts';
import { matrixLines, nullColour } from './figure-style.ts';
import { seriesRows } from './result-rows.ts';

/** Normalised singular values of Q, K and V, a panel a layer, over the quarter circle's. */
export const singularSpectra: ChartOf = (data) => {
  const rows = seriesRows(data, 'singular-spectra');
  const x = { field: 'index', type: 'quantitative', title: 'index' } as const;
  const y = { field: 'share', type: 'quantitative', title: 'share of the sum' } as const;
  return {
    columns: ['layer', 'matrix', 'index', 'share'],
    rows,
    spec: {
      data: { values: [...rows] },
      facet: { field: 'layer', type: 'ordinal', title: 'layer' },
      columns: 2,
      spec: {
        width: 255,
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
              ...matrixLines,
            },
          },
        ],
      },
    },
  };
};
