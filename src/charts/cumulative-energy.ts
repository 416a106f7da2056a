import type { ChartOf } from './chart.ts';
import { nullColour } from './figure-style.ts';
import { spreadLabels } from './line-labels.ts';
import { seriesRows } from './result-rows.ts';

const height = 260;
/** Pixels for `layer 0` and a gap on either side. */
const nameWidth = 54;
const powersOfTwo = [1, 2, 4, 8, 16, 32, 64, 128, 256];

const layerColours = [
  'var(--series-1)',
  'var(--series-2)',
  'var(--series-3)',
  'var(--series-4)',
  'var(--series-5)',
  'var(--series-6)',
  'var(--series-7)',
  'var(--fig-ink)',
];

/** Share of the energy of Q K^T in its leading singular values, a line a layer, named at its start; the band is Gaussian. */
export const cumulativeEnergy: ChartOf = (data, width) => {
  const rows = seriesRows(data, 'cumulative-energy');
  const layers = [
    ...new Set(rows.flatMap(({ layer }) => (layer === null || layer === undefined ? [] : [String(layer)]))),
  ];
  const largest = Math.max(...rows.map(({ k }) => Number(k)));
  // Room before the first value, for the names of the lines: a share f of a logarithmic axis from d to n is
  // ln(1 / d) = f / (1 - f) ln n.
  const room = nameWidth / width;
  const domain: [number, number] = [largest ** (-room / (1 - room)), largest];
  const x = {
    field: 'k',
    type: 'quantitative',
    title: 'leading singular values',
    scale: { type: 'log', nice: false, domain },
    axis: { values: powersOfTwo.filter((k) => k <= domain[1]) },
  } as const;
  const color = {
    field: 'layer',
    type: 'ordinal',
    legend: null,
    scale: { domain: layers.map(Number), range: layerColours.slice(0, layers.length) },
  } as const;
  const starts = rows
    .filter(({ k }) => k === 1)
    .map(({ layer, energy }) => ({ name: String(layer), value: Number(energy) }));
  return {
    columns: ['layer', 'k', 'energy', 'null-low', 'null-high'],
    rows,
    spec: {
      width,
      height,
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
            color,
          },
        },
        {
          data: {
            values: spreadLabels(starts, [0, 1], height).map((start) => ({
              ...start,
              k: 1,
              layer: Number(start.name),
              label: `layer ${start.name}`,
            })),
          },
          mark: { type: 'text', align: 'right', dx: -6 },
          encoding: { x, y: { field: 'at', type: 'quantitative' }, text: { field: 'label' }, color },
        },
      ],
    },
  };
};
