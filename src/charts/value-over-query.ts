import type { ChartOf } from './chart.ts';
import { fromZero, spreadLabels } from './line-labels.ts';
import { tableOf, tableRows } from './result-rows.ts';

const height = 240;

const dashes = [
  [1, 0],
  [6, 3],
  [1, 2],
];

/** V/Q over relative depth: ours, its value at init, and the original's, whose model has more layers. */
export const valueOverQuery: ChartOf = (data, width) => {
  const { reported } = tableOf(data, 'value-crescendo');
  const computed = tableRows(data, 'value-crescendo');
  const originalLayers = Math.max(...(reported?.rows ?? []).map(({ layer }) => Number(layer)));
  const point = (source: string, layer: number, lastLayer: number, ratio: number) => ({
    source,
    layer,
    depth: lastLayer === 0 ? 0 : layer / lastLayer,
    ratio,
  });
  const rows = [
    ...computed.map((row) =>
      point('at init', Number(row['layer']), computed.length - 1, Number(row['v-over-q-init'])),
    ),
    ...(reported?.rows ?? []).map((row) =>
      point('reported', Number(row['layer']), originalLayers, Number(row['v-over-q'])),
    ),
    ...computed.map((row) =>
      point('computed', Number(row['layer']), computed.length - 1, Number(row['v-over-q'])),
    ),
  ];
  const source = {
    domain: ['computed', 'reported', 'at init'],
    range: ['var(--series-3)', 'var(--series-4)', 'var(--fig-axis)'],
  };
  const domain = fromZero(rows.map(({ ratio }) => ratio));
  const x = {
    field: 'depth',
    type: 'quantitative',
    title: 'relative depth, first layer to last',
    axis: { tickCount: 5 },
  } as const;
  const y = { field: 'ratio', type: 'quantitative', title: 'V/Q', scale: { domain, nice: false } } as const;
  const color = { field: 'source', type: 'nominal', scale: source, legend: null } as const;
  const ends = source.domain.flatMap((name) => {
    const last = rows.findLast((row) => row.source === name);
    return last ? [{ name, value: last.ratio, source: name, depth: last.depth }] : [];
  });
  return {
    columns: ['source', 'layer', 'depth', 'ratio'],
    rows,
    spec: {
      width,
      height,
      data: { values: rows },
      layer: [
        {
          mark: { type: 'line', point: { filled: true, size: 45 } },
          encoding: {
            x,
            y,
            color,
            strokeDash: {
              field: 'source',
              type: 'nominal',
              scale: { domain: source.domain, range: dashes },
              legend: null,
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
