import type { ChartOf } from './chart.ts';
import { nullColour, plotWidth } from './figure-style.ts';
import { seriesRows } from './result-rows.ts';

const layerColours = [
  'var(--fig-q)',
  'var(--fig-k)',
  'var(--fig-v)',
  'var(--fig-fourth)',
  'var(--fig-fifth)',
  'var(--fig-sixth)',
  'var(--fig-seventh)',
  'var(--fig-ink)',
];

/** Share of the energy of Q K^T in its leading singular values, a line a layer; the band is Gaussian. */
export const cumulativeEnergy: ChartOf = (data) => {
  const rows = seriesRows(data, 'cumulative-energy');
  const layers = [
    ...new Set(rows.flatMap(({ layer }) => (layer === null || layer === undefined ? [] : [String(layer)]))),
  ];
  const x = {
    field: 'k',
    type: 'quantitative',
    title: 'leading singular values',
    scale: { type: 'log', nice: false },
  } as const;
  return {
    columns: ['layer', 'k', 'energy', 'null-low', 'null-high'],
    rows,
    spec: {
      width: plotWidth,
      height: 260,
      data: { values: [...rows] },
      layer: [
        {
          transform: [{ filter: `datum.layer === ${layers[0] ?? 0}` }],
          mark: { type: 'area', color: nullColour, opacity: 0.6 },
          encoding: {
            x,
            y: { field: 'null-low', type: 'quantitative', title: 'share of energy', axis: { format: '%' } },
            y2: { field: 'null-high' },
          },
        },
        {
          mark: { type: 'line' },
          encoding: {
            x,
            y: { field: 'energy', type: 'quantitative', title: 'share of energy', axis: { format: '%' } },
            color: {
              field: 'layer',
              type: 'ordinal',
              title: 'layer',
              scale: { domain: layers.map(Number), range: layerColours.slice(0, layers.length) },
            },
          },
        },
      ],
    },
  };
};
