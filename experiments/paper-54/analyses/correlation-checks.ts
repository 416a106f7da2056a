/** What the reported correlations and band energies imply. */
import {
  type Check,
  figure,
  holdsFor,
  meanOfUnprinted,
  rowsOf,
  rowWhere,
  same,
  setting,
  statement,
} from './audit-check.ts';
import { exactly, type Interval, magnitude, monotone, union } from './interval.ts';

/** A figure of chance lies within so many standard deviations in nineteen of twenty draws. */
const chance: Interval = { low: -1.96, high: 1.96 };

const entries = setting.dModel ** 2;

/** An interval in standard deviations of what chance gives it as a mean over the layers. */
const fromChance = (found: Interval, mean: number, sd: number): Interval =>
  monotone((x) => (x - mean) / (sd / Math.sqrt(setting.layers)), found);

/** The original's views, and the test of its summary that is about the same matrix and view. */
const viewTests: Readonly<Record<string, readonly [string, string]>> = {
  'q-k2': ['Q', 'k2'],
  'q-k2-t': ['Q', 'k2-t'],
  'q-k3': ['Q', 'k3'],
  'k-k2-t': ['K', 'k2-t'],
  'v-k3': ['V', 'k3'],
  'v-k3-skip': ['V', 'k3-skip'],
};

const meanAbs = (test: string): Interval =>
  figure(rowWhere('summary-correlations', 'test', test), 'mean-abs-r');

const means = (): readonly Check[] => {
  const views = ['k2', 'k2-t', 'k3', 'k3-skip', 'ete', 'identity'];
  const ofMeans = rowsOf('mean-correlations').flatMap((row) =>
    views.map((view) => magnitude(figure(row, view))),
  );
  const ofAbsolutes = rowsOf('summary-correlations').map((row) => figure(row, 'mean-abs-r'));
  return [
    same('mean-r-of-means', '"mean |r|", read as |mean of r|', union(ofMeans), statement('mean-r')),
    holdsFor(
      'mean-r-of-absolute-values',
      '"mean |r|", read as mean of |r|',
      union(ofAbsolutes),
      statement('mean-r'),
    ),
    same(
      'noise-floor',
      'standard deviation of r, 1/width',
      exactly(1 / setting.dModel),
      statement('noise-floor'),
    ),
    ...Object.entries(viewTests).map(([test, [matrix, view]]) =>
      same(
        `mean-within-absolute-${test}`,
        '|mean of r|, at most the mean of |r|',
        magnitude(figure(rowWhere('mean-correlations', 'matrix', matrix), view)),
        { low: Number.NEGATIVE_INFINITY, high: meanAbs(test).high },
      ),
    ),
    ...rowsOf('mean-correlations').map((row) =>
      same(
        `k3-is-k3-skip-${String(row['matrix']).toLowerCase()}`,
        'r with K_3 against r with K_3_skip: one statistic',
        figure(row, 'k3'),
        figure(row, 'k3-skip'),
      ),
    ),
  ];
};

/** A mean of |r| over layers cannot exceed the bound that the text gives for every layer. */
const bounds = (): readonly Check[] =>
  (
    [
      ['q-k2-attention', 'q-attention-view'],
      ['k-k2-t', 'k-reverse-view'],
      ['v-k3', 'v-trigram-view'],
    ] as const
  ).map(([test, id]) =>
    same(`${id}-bound`, 'mean of |r|, below its bound for a layer', meanAbs(test), statement(id)),
  );

/** |r| of unrelated matrices is half normal: mean sqrt(2/pi)/n, standard deviation sqrt(1 - 2/pi)/n. */
const significance = (): readonly Check[] =>
  rowsOf('summary-correlations').map((row) =>
    same(
      `not-significant-${row['test']}`,
      'mean of |r| in standard deviations of chance',
      fromChance(
        figure(row, 'mean-abs-r'),
        Math.sqrt(2 / Math.PI / entries),
        Math.sqrt((1 - 2 / Math.PI) / entries),
      ),
      chance,
    ),
  );

/** A band's share u of a Gaussian matrix's energy is Beta distributed, of variance u (1 - u) / (n^2 / 2 + 1). */
const bands = (): readonly Check[] =>
  ['q', 'k', 'v'].flatMap((matrix) => {
    const rows = rowsOf('band-energy');
    const parts = rows.map((row) => figure(row, matrix));
    return [
      same(
        `bands-of-${matrix}-sum`,
        'sum of the bands, against one',
        parts.reduce((sum, part) => ({ low: sum.low + part.low, high: sum.high + part.high }), exactly(0)),
        exactly(1),
      ),
      ...rows.map((row, index) => {
        const u = Number(row['uniform']);
        return same(
          `band-${row['band']}-of-${matrix}`,
          'band energy less uniform, in standard deviations of chance',
          fromChance(parts[index]!, u, Math.sqrt((u * (1 - u)) / (entries / 2 + 1))),
          chance,
        );
      }),
    ];
  });

/** What the two runs' correlations in the printed layers leave for the others. */
const solutions = (): readonly Check[] =>
  ['q', 'v'].flatMap((matrix) => {
    const printedLayers = rowsOf('non-uniqueness').map((row) => magnitude(figure(row, `corr-${matrix}`)));
    const limit = statement('same-loss');
    return [
      same(
        `sft-${matrix}-v1-${matrix}-printed`,
        'largest printed |r| of the two runs',
        union(printedLayers),
        limit,
      ),
      same(
        `sft-${matrix}-v1-${matrix}-unprinted`,
        'mean |r| of the layers that are not printed',
        meanOfUnprinted(meanAbs(`sft-${matrix}-v1-${matrix}`), printedLayers),
        { low: 0, high: limit.high },
      ),
    ];
  });

export const correlationChecks = (): readonly Check[] => [
  ...means(),
  ...bounds(),
  ...significance(),
  ...bands(),
  ...solutions(),
];
