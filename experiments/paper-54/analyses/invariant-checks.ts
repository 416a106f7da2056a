/** What the figures of the five reported invariants imply. */
import {
  type Check,
  divide,
  figure,
  holdsFor,
  meanOfUnprinted,
  rowsOf,
  rowWhere,
  same,
  statedFigure,
  statement,
} from './audit-check.ts';
import { exactly, monotone, union } from './interval.ts';

const atLeastOne = { low: 1, high: Number.POSITIVE_INFINITY };

const twinning = (): readonly Check[] => {
  const rows = rowsOf('spectral-twinning');
  const ofBoth = ['kl-q-mp', 'kl-k-mp'];
  const factors = rows.flatMap((row) =>
    ofBoth.map((column) => divide(figure(row, column), figure(row, 'kl-q-k'))),
  );
  const deviations = rows.flatMap((row) => ofBoth.map((column) => figure(row, column)));
  const all = (column: string) => union(rows.map((row) => figure(row, column)));
  return [
    same('kl-q-k-below', 'KL(Q‖K) of the printed layers', all('kl-q-k'), statement('qk-kl')),
    same('kl-q-v-above', 'KL(Q‖V) of the printed layers', all('kl-q-v'), statement('qv-kl')),
    holdsFor(
      'mutual-deviation-factor',
      'KL from random over KL(Q‖K)',
      union(factors),
      statement('qk-mutual'),
    ),
    holdsFor(
      'deviation-from-mp',
      'KL from random; nats, which the text calls per cent',
      union(deviations),
      statement('qk-mp'),
    ),
    same('kl-v-mp-below', 'KL(V‖MP) of the printed layers', all('kl-v-mp'), statement('v-mp')),
  ];
};

const crescendo = (): readonly Check[] => {
  const rows = rowsOf('value-crescendo');
  const layer = (index: number) => figure(rowWhere('value-crescendo', 'layer', index), 'v-over-q');
  const both = (index: number, bound: 'low' | 'high') =>
    [layer(index), statedFigure('v-growth', bound)!] as const;
  return [
    ...rows.map((row) =>
      same(
        `v-over-q-layer-${row['layer']}`,
        'V/Q from the two norms',
        divide(figure(row, 'v-norm'), figure(row, 'q-norm')),
        figure(row, 'v-over-q'),
      ),
    ),
    ...rows
      .slice(1)
      .map((row, index) =>
        holdsFor(
          `v-norm-grows-to-layer-${row['layer']}`,
          "V's norm over that of the layer printed before it",
          divide(figure(row, 'v-norm'), figure(rows[index], 'v-norm')),
          atLeastOne,
        ),
      ),
    same('v-growth-from', 'V/Q of layer 0, as the text rounds it', ...both(0, 'low')),
    same('v-growth-to', 'V/Q of layer 6, as the text rounds it', ...both(6, 'high')),
  ];
};

const lowRank = (): readonly Check[] =>
  (
    [
      ['effective-rank', 'qk-rank', 'qk-effective-rank'],
      ['top-8-energy', 'qk-top-8', 'qk-top-8-energy'],
    ] as const
  ).flatMap(([column, text, invariant]) => {
    const printedLayers = rowsOf('low-rank-kernel')
      .filter(({ layer }) => layer !== 'mean')
      .map((row) => figure(row, column));
    const summary = rowWhere('summary-invariants', 'invariant', invariant);
    return [
      holdsFor(`${column}-range`, 'range of the printed layers', union(printedLayers), statement(text)),
      same(
        `${column}-unprinted`,
        'mean of the layers that are not printed, within the range of all',
        meanOfUnprinted(figure(rowWhere('low-rank-kernel', 'layer', 'mean'), column), printedLayers),
        union([figure(summary, 'low'), figure(summary, 'high')]),
      ),
    ];
  });

/** a = ||W - W^T|| / ||W||: the antisymmetric part holds a^2 / 4 of the energy, and dominates above a half. */
const asymmetry = (): readonly Check[] => {
  const all = rowWhere('asymmetry', 'layer', 'all');
  const ratio = figure(all, 'ratio');
  return [
    same(
      'asymmetry-above-one',
      '‖W − Wᵀ‖ / ‖W‖ less one',
      monotone((a) => a - 1, ratio),
      statement('w-asymmetry'),
    ),
    holdsFor(
      'antisymmetric-energy-dominates',
      'antisymmetric share of the energy, above a half',
      monotone((a) => (a * a) / 4, ratio),
      { low: 0.5, high: 1 },
    ),
    same(
      'ratio-of-random-matrices',
      'the ratio, against that of unrelated matrices',
      ratio,
      exactly(Math.SQRT2),
    ),
    same('real-fraction', 'real share of the eigenvalues', figure(all, 'real-fraction'), statement('w-real')),
  ];
};

const drift = (): readonly Check[] => {
  const ratios = rowsOf('non-uniqueness').map((row) => ({
    layer: row['layer'],
    ratio: divide(figure(row, 'drift-v'), figure(row, 'drift-q')),
  }));
  return [
    ...ratios.map(({ layer, ratio }) =>
      same(`drift-ratio-layer-${layer}`, 'drift of V over drift of Q', ratio, statement('drift-ratio')),
    ),
    holdsFor(
      'drift-ratio-text',
      'drift of V over drift of Q, as the text rounds it',
      union(ratios.map(({ ratio }) => ratio)),
      statement('drift-text'),
    ),
  ];
};

export const invariantChecks = (): readonly Check[] => [
  ...twinning(),
  ...crescendo(),
  ...lowRank(),
  ...asymmetry(),
  ...drift(),
];
