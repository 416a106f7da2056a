import type { ChartOf } from './chart.ts';
import { matrixLines, nullColour, plotWidth } from './figure-style.ts';
import { byMatrix, tableRows } from './result-rows.ts';

/** Frobenius norms over depth, and where they were at init. */
export const normsOverDepth: ChartOf = (data) => {
  const table = tableRows(data, 'value-crescendo');
  const end = byMatrix(table, { Q: 'q-norm', K: 'k-norm', V: 'v-norm' }, ['layer']);
  const init = byMatrix(table, { Q: 'q-norm-init', K: 'k-norm-init', V: 'v-norm-init' }, ['layer']);
  const rows = [
    ...end.map((row) => ({ ...row, when: 'trained' })),
    ...init.map((row) => ({ ...row, when: 'init' })),
  ];
  const x = { field: 'layer', type: 'ordinal', title: 'layer', axis: { labelAngle: 0 } } as const;
  const y = { field: 'value', type: 'quantitative', title: 'Frobenius norm' } as const;
  return {
    columns: ['layer', 'matrix', 'when', 'value'],
    rows,
    spec: {
      width: plotWidth,
      height: 240,
      data: { values: rows },
      layer: [
        {
          transform: [{ filter: "datum.when === 'init'" }],
          mark: { type: 'line', color: nullColour, strokeWidth: 5, opacity: 0.6 },
          encoding: { x, y, detail: { field: 'matrix', type: 'nominal' } },
        },
        {
          transform: [{ filter: "datum.when === 'trained'" }],
          mark: { type: 'line', point: { filled: true, size: 40 } },
          encoding: {
            x,
            y,
            ...matrixLines,
          },
        },
      ],
    },
  };
};
