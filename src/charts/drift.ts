import type { ChartOf } from './chart.ts';
import { matrixColour, matrixLines } from './figure-style.ts';
import { endsOf, fromZero, spreadLabels } from './line-labels.ts';
import { byMatrix, tableRows } from './result-rows.ts';

const height = 220;

/** How far CT+SFT moved from its init, relative to it, over depth. */
export const drift: ChartOf = (data, width) => {
  const rows = byMatrix(tableRows(data, 'non-uniqueness'), { Q: 'drift-q', K: 'drift-k', V: 'drift-v' }, [
    'layer',
  ]);
  const domain = fromZero(rows.map(({ value }) => Number(value)));
  const x = { field: 'layer', type: 'ordinal', title: 'layer', axis: { labelAngle: 0 } } as const;
  return {
    columns: ['layer', 'matrix', 'value'],
    rows,
    spec: {
      width,
      height,
      data: { values: [...rows] },
      layer: [
        {
          mark: { type: 'line', point: { filled: true, size: 40 } },
          encoding: {
            x,
            y: {
              field: 'value',
              type: 'quantitative',
              title: 'relative drift',
              scale: { domain, nice: false },
            },
            ...matrixLines,
          },
        },
        {
          data: {
            values: spreadLabels(endsOf(rows), domain, height).map((end) => ({
              ...end,
              layer: rows.at(-1)?.['layer'],
            })),
          },
          mark: { type: 'text', align: 'left', dx: 8 },
          encoding: {
            x,
            y: { field: 'at', type: 'quantitative' },
            text: { field: 'name' },
            color: matrixColour,
          },
        },
      ],
    },
  };
};
