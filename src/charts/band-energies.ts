import type { ChartOf } from './chart.ts';
import { matrixOffset, matrixPoints, nullColour } from './figure-style.ts';
import { byMatrix, tableRows } from './result-rows.ts';

/** Energy of Q, K and V in bands of the K_2 eigenbasis, over the share that the band's width gives. */
export const bandEnergies: ChartOf = (data, width) => {
  const table = tableRows(data, 'band-energy');
  const rows = table.flatMap((row) =>
    byMatrix([row], { Q: 'q', K: 'k', V: 'v' }, ['band']).map(({ band, matrix, value }) => ({
      band: band ?? null,
      matrix: matrix ?? null,
      ratio: Number(value) / Number(row['uniform']),
    })),
  );
  // One band of chance for the three matrices: their nulls differ by the luck of the draws alone.
  const chance = table.map((row) => {
    const over = (role: string) =>
      ['q', 'k', 'v'].map((name) => Number(row[`${name}-null-${role}`]) / Number(row['uniform']));
    return { band: row['band'], low: Math.min(...over('low')), high: Math.max(...over('high')) };
  });
  const x = {
    field: 'band',
    type: 'nominal',
    title: 'band of the eigenbasis',
    sort: null,
    axis: { labelAngle: 0 },
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
          encoding: { x, y: { field: 'low', type: 'quantitative' }, y2: { field: 'high' } },
        },
        {
          mark: { type: 'point', filled: true, size: 75 },
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
