/** Share of the energy of Q K^T in its leading singular values, beside its own spectra rotated, and Gaussian matrices. */
import { ink, nullBand, reportedMark, seriesColour } from 'reproducible-paper/figures';

const x = {
  type: 'quantitative',
  title: 'leading singular values',
  scale: { type: 'log', base: 2, nice: false },
  axis: { values: [1, 2, 4, 8, 16, 32, 64, 128, 256], format: 'd' },
};
const y = { type: 'quantitative', title: 'share of energy', axis: { format: '%' } };
const along = { x: { ...x, field: 'k' }, y: { ...y, field: 'energy' } };
const colour = seriesColour(1);

const band = (low: string, high: string) => ({
  mark: { type: 'area', ...nullBand },
  encoding: { x: along.x, y: { ...y, field: low }, y2: { field: high } },
});

/** A name where a curve has so many singular values. */
const name = (text: string, k: number, field: string, mark: object) => ({
  transform: [{ filter: `datum.k === ${k}` }],
  mark: { type: 'text', text, color: ink, baseline: 'middle', ...mark },
  encoding: { x: along.x, y: { ...y, field } },
});

const gaussian = { filter: 'datum.layer === 0' };
const below = { align: 'left', dx: 5, dy: 9 };

export default {
  data: { name: 'turned-energy' },
  height: 125,
  layer: [
    band('turned-low', 'turned-high'),
    name('rotated', 10, 'turned-low', below),
    {
      data: { name: 'cumulative-energy' },
      layer: [
        {
          transform: [gaussian],
          layer: [band('null-low', 'null-high'), name('Gaussian', 48, 'null-low', below)],
        },
        {
          mark: { type: 'line', color: colour, strokeWidth: 0.8, opacity: 0.55 },
          encoding: { ...along, detail: { field: 'layer' } },
        },
      ],
    },
    { mark: { type: 'line', color: colour, strokeWidth: 2.6 }, encoding: along },
    {
      data: { name: 'low-rank-kernel.reported' },
      transform: [
        { fold: ['top-8-energy', 'top-32-energy'], as: ['leading', 'energy'] },
        { calculate: "toNumber(split(datum.leading, '-')[1])", as: 'k' },
      ],
      mark: reportedMark(ink),
      encoding: along,
    },
  ],
};
