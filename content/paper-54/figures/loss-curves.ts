/** Loss against step: thin, training batches; strong, the fixed stretch of held-out text; a line a seed. */
import { seriesColour, seriesDash } from 'reproducible-paper/figures';

const runs = ['v1', 'ct-sft'];
const y = {
  field: 'loss',
  type: 'quantitative',
  title: 'loss (nats a token)',
  scale: { zero: false, nice: false, padding: 8 },
};
const color = {
  field: 'run',
  type: 'nominal',
  legend: null,
  scale: { domain: runs, range: [seriesColour(1), seriesColour(2)] },
};

export default {
  data: { name: 'loss-curves' },
  height: 170,
  encoding: {
    x: {
      field: 'step',
      type: 'quantitative',
      title: 'step, on a scale of square roots',
      scale: { type: 'sqrt' },
      axis: { values: [0, 100, 500, 1000, 1500, 2000, 2500], format: ',' },
    },
    y,
    color,
    detail: { field: 'seed' },
  },
  layer: [
    {
      transform: [{ filter: "datum.text === 'training'" }],
      mark: { type: 'line', strokeWidth: 0.8, opacity: 0.45 },
    },
    {
      transform: [{ filter: "datum.text === 'held out'" }],
      mark: { type: 'line', strokeWidth: 2.2, point: { filled: true, size: 36 } },
      encoding: {
        strokeDash: {
          field: 'run',
          type: 'nominal',
          legend: null,
          scale: { domain: runs, range: [[...seriesDash(1)], [...seriesDash(2)]] },
        },
      },
    },
  ],
  usermeta: { directLabels: { field: 'run', names: { v1: 'V1', 'ct-sft': 'CT+SFT' } } },
};
