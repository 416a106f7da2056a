import type { ChartOf } from './chart.ts';
import { matrixColour, matrixLines, nullColour } from './figure-style.ts';
import { endsOf, fromZero, spreadLabels } from './line-labels.ts';
import { byMatrix, tableRows } from './result-rows.ts';

const height = 240;

/** Frobenius norms over depth, and where they were at init. */
export const normsOverDepth: ChartOf = (data, width) => {
  const table = tableRows(data, 'value-crescendo');
  const end = byMatrix(table, { Q: 'q-norm', K: 'k-norm', V: 'v-norm' }, ['layer']);
  const init = byMatrix(table, { Q: 'q-norm-init', K: 'k-norm-init', V: 'v-norm-init' }, ['layer']);
  const rows = [
    ...end.map((row) => ({ ...row, when: 'trained' })),
    ...init.map((row) => ({ ...row, when: 'init' })),
  ];
  const x = { field: 'layer', type: 'ordinal', title: 'layer', axis: { labelAngle: 0 } } as const;
  const domain = fromZero([...end, ...init].map(({ value }) => Number(value)));
  const y = {
    field: 'value',
    type: 'quantitative',
    title: 'Frobenius norm',
    scale: { domain, nice: false },
  } as const;
  return {
    columns: ['layer', 'matrix', 'when', 'value'],
    rows,
    spec: {
      width,
      height,
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
        {
          data: {
            values: spreadLabels(endsOf(end), domain, height).map((label) => ({
              ...label,
              layer: end.at(-1)?.['layer'],
            })),
          },
          mark: { type: 'text', align: 'left', dx: 8 },
          encoding: { x, y: { ...y, field: 'at' }, text: { field: 'name' }, color: matrixColour },
        },
      ],
    },
  };
};
