import type { ChartOf } from './chart.ts';
import { matrixLines, plotWidth } from './figure-style.ts';
import { byMatrix, tableRows } from './result-rows.ts';

/** How far training moved Q, K and V from their init, relative to it, over depth. */
export const drift: ChartOf = (data) => {
  const rows = byMatrix(tableRows(data, 'non-uniqueness'), { Q: 'drift-q', K: 'drift-k', V: 'drift-v' }, [
    'layer',
  ]);
  return {
    columns: ['layer', 'matrix', 'value'],
    rows,
    spec: {
      width: plotWidth,
      height: 220,
      data: { values: [...rows] },
      mark: { type: 'line', point: { filled: true, size: 40 } },
      encoding: {
        x: { field: 'layer', type: 'ordinal', title: 'layer', axis: { labelAngle: 0 } },
        y: { field: 'value', type: 'quantitative', title: 'relative drift' },
        ...matrixLines,
      },
    },
  };
};
