import type { ChartOf } from './chart.ts';
import { matrixOffset, matrixPoints, nullColour } from './figure-style.ts';
import { byMatrix, tableRows } from './result-rows.ts';

const views = { 'K₂': 'k2', 'K₂ᵀ': 'k2-t', 'K₃': 'k3', EᵀE: 'ete', I: 'identity' };

/** Every layer's correlation with every view, in units of its null's standard deviation. */
export const correlationDistribution: ChartOf = (data, width) => {
  const rows = tableRows(data, 'correlations-by-layer').flatMap((row) =>
    byMatrix([row], views, ['layer']).map(({ layer, matrix: view, value }) => ({
      layer: layer ?? null,
      matrix: row['matrix'] ?? null,
      view: view ?? null,
      z: Number(value) / Number(row[`${views[view as keyof typeof views]}-null-sd`]),
    })),
  );
  return {
    columns: ['layer', 'matrix', 'view', 'z'],
    rows,
    spec: {
      width,
      height: 240,
      data: { values: rows },
      layer: [
        {
          data: { values: [{ low: -1.96, high: 1.96 }] },
          mark: { type: 'rect', color: nullColour, opacity: 0.5 },
          encoding: { x: { field: 'low', type: 'quantitative' }, x2: { field: 'high' } },
        },
        {
          mark: { type: 'point', filled: true, size: 55, opacity: 1 },
          encoding: {
            x: { field: 'z', type: 'quantitative', title: 'correlation in null standard deviations' },
            y: { field: 'view', type: 'nominal', title: null, sort: Object.keys(views) },
            yOffset: matrixOffset,
            ...matrixPoints,
          },
        },
      ],
    },
  };
};
