import type { ChartOf } from './chart.ts';
import { spreadLabels } from './line-labels.ts';
import { seriesRows } from './result-rows.ts';

const height = 280;

const names: Readonly<Record<string, string>> = { v1: 'V1', 'ct-sft': 'CT+SFT' };

/** Loss against step: thin, training batches; strong, the fixed stretch of held-out text; a line a seed. */
export const lossCurves: ChartOf = (data, width) => {
  const rows = seriesRows(data, 'loss-curves');
  const runs = { domain: ['v1', 'ct-sft'], range: ['var(--series-1)', 'var(--series-2)'] };
  const losses = rows.map(({ loss }) => Number(loss));
  const domain: [number, number] = [Math.min(...losses) - 0.2, Math.max(...losses) + 0.2];
  const x = { field: 'step', type: 'quantitative', title: 'step', axis: { tickCount: 6 } } as const;
  const y = {
    field: 'loss',
    type: 'quantitative',
    title: 'loss (nats a token)',
    scale: { domain, nice: false },
  } as const;
  const color = {
    field: 'run',
    type: 'nominal',
    scale: runs,
    legend: null,
  } as const;
  const heldOut = rows.filter(({ text }) => text === 'held out');
  const ends = runs.domain.flatMap((run) => {
    const last = heldOut.findLast((row) => row['run'] === run);
    return last
      ? [{ name: names[run] ?? run, value: Number(last['loss']), run, step: Number(last['step']) }]
      : [];
  });
  return {
    columns: ['run', 'seed', 'text', 'step', 'loss'],
    rows,
    spec: {
      width,
      height,
      data: { values: [...rows] },
      layer: [
        {
          transform: [{ filter: "datum.text === 'training'" }],
          mark: { type: 'line', strokeWidth: 0.8, opacity: 0.45 },
          encoding: { x, y, color, detail: { field: 'seed' } },
        },
        {
          transform: [{ filter: "datum.text === 'held out'" }],
          mark: { type: 'line', strokeWidth: 2.2, point: { filled: true, size: 36 } },
          encoding: {
            x,
            y,
            color,
            detail: { field: 'seed' },
            strokeDash: {
              field: 'run',
              type: 'nominal',
              legend: null,
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
        {
          data: { values: [...spreadLabels(ends, domain, height)] },
          mark: { type: 'text', align: 'left', dx: 8 },
          encoding: { x, y: { ...y, field: 'at' }, text: { field: 'name' }, color },
        },
      ],
    },
  };
};
