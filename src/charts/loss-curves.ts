import type { ChartOf } from './chart.ts';
import { plotWidth } from './figure-style.ts';
import { seriesRows } from './result-rows.ts';

/** Loss against step: thin, each training batch; strong, the fixed stretch of held-out text. */
export const lossCurves: ChartOf = (data) => {
  const rows = seriesRows(data, 'loss-curves');
  const runs = { domain: ['v1', 'ct-sft'], range: ['var(--fig-q)', 'var(--fig-k)'] };
  const x = { field: 'step', type: 'quantitative', title: 'step' } as const;
  const y = {
    field: 'loss',
    type: 'quantitative',
    title: 'loss (nats a token)',
    scale: { zero: false },
  } as const;
  const color = {
    field: 'run',
    type: 'nominal',
    title: 'run',
    scale: runs,
    legend: { symbolType: 'stroke' },
  } as const;
  return {
    columns: ['run', 'text', 'step', 'loss'],
    rows,
    spec: {
      width: plotWidth,
      height: 280,
      data: { values: [...rows] },
      layer: [
        {
          transform: [{ filter: "datum.text === 'training'" }],
          mark: { type: 'line', strokeWidth: 0.8, opacity: 0.45 },
          encoding: { x, y, color },
        },
        {
          transform: [{ filter: "datum.text === 'held out'" }],
          mark: { type: 'line', strokeWidth: 2.2, point: { filled: true, size: 36 } },
          encoding: {
            x,
            y,
            color,
            strokeDash: {
              field: 'run',
              type: 'nominal',
              title: 'run',
              legend: { symbolType: 'stroke' },
              scale: {
                domain: runs.domain,
                range: [
                  [1, 0],
                  [6, 3],
                ],
              },
            },
          },
        },
      ],
    },
  };
};
