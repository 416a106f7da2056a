/** Loss against step: thin, training batches; strong, the fixed stretch of held-out text; a line a seed; rules for counts. */
import { axisColour, ink, seriesColour, seriesDash } from 'reproducible-paper/figures';

const runs = ['v1', 'ct-sft'];
/** What lies above is a run's first steps, on the way from the uniform guess. */
const shown = [5, 7.6];
const y = {
  field: 'loss',
  type: 'quantitative',
  title: 'loss (nats a token)',
  scale: { zero: false, nice: false, domain: shown },
};
const color = {
  field: 'run',
  type: 'nominal',
  legend: null,
  scale: { domain: runs, range: [seriesColour(1), seriesColour(2)] },
};
const curves = {
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
};

export default {
  data: { name: 'loss-curves' },
  height: 165,
  layer: [
    {
      data: { name: 'training-ladder.mean' },
      transform: [{ filter: "datum.method === 'unigram' || datum.method === 'bigram'" }],
      layer: [
        { mark: { type: 'rule', color: axisColour, strokeDash: [4, 3] }, encoding: { y } },
        {
          mark: { type: 'text', align: 'left', baseline: 'bottom', dx: 4, dy: -2, color: ink },
          encoding: { x: { value: 0 }, y, text: { field: 'method' } },
        },
      ],
    },
    {
      transform: [{ filter: "datum.text === 'training'" }],
      mark: { type: 'line', strokeWidth: 0.8, opacity: 0.45, clip: true },
      encoding: curves,
    },
    {
      transform: [{ filter: "datum.text === 'held out'" }],
      mark: { type: 'line', strokeWidth: 2.2, clip: true, point: { filled: true, size: 30, clip: true } },
      encoding: {
        ...curves,
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
