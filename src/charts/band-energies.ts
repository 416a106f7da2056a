import type { ChartOf } from './chart.ts';
import { matrixOffset, matrixPoints, plotWidth } from './figure-style.ts';
import { byMatrix, tableRows } from './result-rows.ts';

/** Energy of Q, K and V in bands of the K_2 eigenbasis, over the share that the band's width gives. */
export const bandEnergies: ChartOf = (data) => {
  const table = tableRows(data, 'band-energy');
  const rows = table.flatMap((row) =>
    byMatrix([row], { Q: 'q', K: 'k', V: 'v' }, ['band']).map(({ band, matrix, value }) => ({
      band: band ?? null,
      matrix: matrix ?? null,
      ratio: Number(value) / Number(row['uniform']),
    })),
  );
  return {
    columns: ['band', 'matrix', 'ratio'],
    rows,
    spec: {
      width: plotWidth,
      height: 220,
      data: { values: rows },
      layer: [
        {
          mark: { type: 'point', filled: true, size: 90 },
          encoding: {
            x: {
              field: 'band',
              type: 'nominal',
              title: 'band of the eigenbasis',
              sort: null,
              axis: { labelAngle: 0 },
            },
            xOffset: matrixOffset,
            y: {
              field: 'ratio',
              type: 'quantitative',
              title: 'energy over uniform share',
              scale: { zero: false },
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
