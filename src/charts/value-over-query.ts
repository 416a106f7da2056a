import type { ChartOf } from './chart.ts';
import { nullColour, plotWidth } from './figure-style.ts';
import { tableOf } from './result-rows.ts';

/** V/Q over relative depth: ours, its value at init, and the original's, whose model has more layers. */
export const valueOverQuery: ChartOf = (data) => {
  const { rows: computed, reported } = tableOf(data, 'value-crescendo');
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
    range: ['var(--fig-v)', 'var(--fig-fourth)', nullColour],
  };
  return {
    columns: ['source', 'layer', 'depth', 'ratio'],
    rows,
    spec: {
      width: plotWidth,
      height: 240,
      data: { values: rows },
      mark: { type: 'line', point: { filled: true, size: 45 } },
      encoding: {
        x: { field: 'depth', type: 'quantitative', title: 'relative depth, first layer to last' },
        y: { field: 'ratio', type: 'quantitative', title: 'V/Q' },
        color: {
          field: 'source',
          type: 'nominal',
          title: null,
          scale: source,
          legend: { symbolType: 'stroke' },
        },
        strokeDash: {
          field: 'source',
          type: 'nominal',
          title: null,
          scale: {
            domain: source.domain,
            range: [
              [1, 0],
              [6, 3],
              [1, 0],
            ],
          },
          legend: { symbolType: 'stroke' },
        },
      },
    },
  };
};
