/** Energy of Q, K and V in bands of two eigenbases, over the share that a band's width gives. */
import { points } from 'reproducible-paper/figures';
import { matrices, seriesOf } from './matrices.ts';

const parts = ['', '-low', '-high', '-null-low', '-null-high'];
const ratio = (matrix: string, part: string) => ({
  calculate: `datum['${matrix}${part}'] / datum.uniform`,
  as: `${matrix}-ratio${part}`,
});

/** A share that is a multiple of another is as far from one as that which is the same part of it. */
const y = {
  scale: { type: 'log', domain: [0.2, 5], nice: false },
  axis: { values: [0.25, 0.5, 1, 2, 4], format: '~g' },
};

const basis = (data: string, title: string, reported: { readonly reported?: string }) => ({
  title,
  ...points({
    data: `${data}.mean`,
    transform: Object.keys(matrices).flatMap((matrix) => parts.map((part) => ratio(matrix, part))),
    x: { field: 'band', title: null, type: 'nominal' },
    y: { title: 'over uniform', ...y },
    series: seriesOf((matrix) => `${matrix}-ratio`),
    replicates: data,
    ...reported,
    chance: ['-null-low', '-null-high'],
    reference: 1,
    height: 120,
  }),
});

export default {
  spacing: 14,
  vconcat: [
    basis('band-energy', 'bands of the eigenbasis of neighbours', { reported: 'band-energy.reported' }),
    basis('band-energy-ete', 'bands of the embedding’s own eigenbasis', {}),
  ],
};
