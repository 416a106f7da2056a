import type { ChartOf } from './chart.ts';
import { matrixOffset, matrixPoints, nullColour } from './figure-style.ts';
import { byMatrix, tableRows } from './result-rows.ts';

const columns = { Q: 'q', K: 'k', V: 'v' };

/** Energy of Q, K and V in bands of the K_2 eigenbasis, over the share that the band's width gives. */
export const bandEnergies: ChartOf = (data, width) => {
  const table = tableRows(data, 'band-energy');
  const rows = table.flatMap((row) =>
    byMatrix([row], columns, ['band']).map(({ band, matrix, value }) => ({
      band: band ?? null,
      matrix: matrix ?? null,
      ratio: Number(value) / Number(row['uniform']),
    })),
  );
  const chance = table.flatMap((row) =>
    Object.entries(columns).map(([matrix, column]) => ({
      band: row['band'],
      matrix,
      low: Number(row[`${column}-null-low`]) / Number(row['uniform']),
      high: Number(row[`${column}-null-high`]) / Number(row['uniform']),
    })),
  );
  const x = {
    field: 'band',
    type: 'nominal',
    title: 'band of the eigenbasis',
    sort: null,
    axis: { labelAngle: 0, grid: false },
  } as const;
  return {
    columns: ['band', 'matrix', 'ratio'],
    rows,
    spec: {
      width,
      height: 220,
      data: { values: rows },
      layer: [
        {
          data: { values: chance },
          mark: { type: 'rect', color: nullColour },
          encoding: {
            x,
            xOffset: matrixOffset,
            y: { field: 'low', type: 'quantitative' },
            y2: { field: 'high' },
          },
        },
        {
          mark: { type: 'point', filled: true, opacity: 1, size: 75 },
          encoding: {
            x,
            xOffset: matrixOffset,
            y: {
              field: 'ratio',
              type: 'quantitative',
              title: 'energy over uniform share',
            },
            ...matrixPoints,
          },
        },
        {
          data: { values: [{ one: 1 }] },
          mark: { type: 'rule', strokeDash: [4, 3], color: 'var(--fig-axis)' },
          encoding: { y: { field: 'one', type: 'quantitative' } },
        },
      ],
    },
  };
};
