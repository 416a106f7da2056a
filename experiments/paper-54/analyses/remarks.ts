/** What the original remarks in passing, each with its figure over seeds and what chance or the init gives. */

import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { meanAbsLaw } from '../controls/exact-correlation.ts';
import { ladderGap } from '../training/perplexity-gap.ts';
import { mean } from './mean.ts';
import type { Found, Rows } from './pattern.ts';
import { readSeedTables, seedInputs, type TableSources } from './seed-tables.ts';

interface Remark {
  readonly remark: string;
  /** In our words. */
  readonly says: string;
  readonly statistic: string;
  /** Of one seed: the lowest and the highest of what is asked. */
  readonly of: (found: Found) => readonly number[];
  /** Of one seed; null where nothing is known. */
  readonly chance: (found: Found) => readonly number[] | null;
  readonly holds: (found: Found) => boolean;
}

const column = (rows: Rows, id: string): readonly number[] => rows.map((row) => Number(row[id]));
const spread = (figures: readonly number[]): number => Math.max(...figures) / Math.min(...figures);
const nearlyAll = (is: readonly boolean[]): boolean => is.filter(Boolean).length >= (7 / 8) * is.length;

const kernel = (found: Found): Rows => found['low-rank-nulls']!.filter((row) => row['matrix'] === 'Q K^T');
const ofMatrix = (found: Found, matrix: string): Rows =>
  found['correlations-by-layer']!.filter((row) => row['matrix'] === matrix);
const norms = (found: Found, name: string): readonly number[] => column(found['value-crescendo']!, name);
const factors = (found: Found): readonly number[] =>
  found['spectral-twinning']!.map((row) => Number(row['kl-q-mp']) / Number(row['kl-q-k']));

/** The views that the original correlates with; K_3 and its skip count are one. */
const views = ['k2', 'k2-t', 'k3', 'ete', 'identity', 'k2-attention', 'k2-attention-t'];

/** Middle 95 % of the mean of |r| over layers, of independent matrices. */
const meanAbsInterval = (width: number, layers: number): readonly [number, number] => {
  const { quantile } = meanAbsLaw(width ** 2, layers);
  return [quantile(0.025), quantile(0.975)];
};

/** P(|x| < z) of a standard normal, by the midpoint rule. */
const within = (z: number): number => {
  const cells = 400;
  let sum = 0;
  for (let at = 0; at < cells; at += 1) sum += Math.exp(-((((at + 0.5) * z) / cells) ** 2) / 2);
  return (Math.sqrt(2 / Math.PI) * sum * z) / cells;
};

/** Middle 95 % of the largest |r| of so many independent pairs of matrices [n, n]. */
const largestLaw = (n: number, pairs: number): readonly number[] =>
  [0.025, 0.975].map((share) => {
    let [low, high] = [0, 8];
    for (let step = 0; step < 50; step += 1) {
      const middle = (low + high) / 2;
      if (within(middle) ** pairs < share) low = middle;
      else high = middle;
    }
    return low / n;
  });

const remarks = (width: number, layers: number): readonly Remark[] => [
  {
    remark: 'layer-1-focus',
    says: 'layer 1 is the most compressed',
    statistic: 'the layer of least effective rank of Q K^T',
    of: (found) => {
      const ranks = column(kernel(found), 'effective-rank');
      return [ranks.indexOf(Math.min(...ranks))];
    },
    chance: () => [0, layers - 1],
    holds: (found) => {
      const ranks = column(kernel(found), 'effective-rank');
      return ranks.indexOf(Math.min(...ranks)) === 1;
    },
  },
  {
    remark: 'q-stable',
    says: 'Q and K remain stable over depth while V grows; read as: Q varies less than V',
    statistic: 'largest norm of Q over the smallest',
    of: (found) => [spread(norms(found, 'q-norm'))],
    chance: (found) => [spread(norms(found, 'q-norm-init'))],
    holds: (found) => spread(norms(found, 'q-norm')) < spread(norms(found, 'v-norm')),
  },
  {
    remark: 'k-stable',
    says: 'the same, read as: K varies less than V',
    statistic: 'largest norm of K over the smallest',
    of: (found) => [spread(norms(found, 'k-norm'))],
    chance: (found) => [spread(norms(found, 'k-norm-init'))],
    holds: (found) => spread(norms(found, 'k-norm')) < spread(norms(found, 'v-norm')),
  },
  {
    remark: 'any-layer-r',
    says: 'no correlation of any layer exceeds .012',
    statistic: 'largest |r| of any layer, matrix and view',
    of: (found) => [
      Math.max(...views.flatMap((id) => column(found['correlations-by-layer']!, id).map(Math.abs))),
    ],
    chance: () => largestLaw(width, 3 * layers * views.length),
    holds: (found) =>
      views.every((id) => column(found['correlations-by-layer']!, id).every((r) => Math.abs(r) < 0.012)),
  },
  {
    remark: 'mutual-factor',
    says: 'Q and K differ 10 to 20 times less from each other than from random',
    statistic: 'KL(Q‖MP) over KL(Q‖K), least and greatest layer',
    of: (found) => [Math.min(...factors(found)), Math.max(...factors(found))],
    chance: (found) => {
      const first = found['spectral-twinning']![0]!;
      return [Number(first['kl-q-mp-null-mean']) / Number(first['kl-q-k-null-mean'])];
    },
    holds: (found) => factors(found).every((factor) => factor >= 10 && factor <= 20),
  },
  {
    remark: 'impedance',
    says: 'Q and K are matched like impedances: what one amplifies the other does',
    statistic: 'cosine of the traceless Q^T Q and K^T K, mean over layers',
    of: (found) => [mean(column(found['projection-geometry']!, 'alignment'))],
    chance: (found) => {
      const first = found['projection-geometry']![0]!;
      return [Number(first['alignment-null-low']), Number(first['alignment-null-high'])];
    },
    holds: (found) =>
      nearlyAll(
        found['projection-geometry']!.map(
          (row) => Number(row['alignment']) > Number(row['alignment-null-high']),
        ),
      ),
  },
  {
    remark: 'rope-breaks',
    says: 'rotary positions break any static correspondence',
    statistic: "cosine of a head's form with the same at a distance of 8, mean",
    of: (found) => [mean(column(found['projection-geometry']!, 'rotation-8'))],
    chance: (found) => [Number(found['projection-geometry']![0]!['rotation-8-white'])],
    holds: (found) =>
      nearlyAll(
        found['projection-geometry']!.map(
          (row) => Number(row['rotation-8']) <= Number(row['rotation-8-white']),
        ),
      ),
  },
  {
    remark: 'v-no-trigrams',
    says: 'V is no view of K_3 and higher orders; read by entries and their law, which turns of the outputs disqualify',
    statistic: 'mean |r| of V with K_3 over layers',
    of: (found) => [mean(column(ofMatrix(found, 'V'), 'k3').map(Math.abs))],
    chance: () => meanAbsInterval(width, layers),
    holds: (found) =>
      mean(column(ofMatrix(found, 'V'), 'k3').map(Math.abs)) <= meanAbsInterval(width, layers)[1],
  },
  {
    remark: 'v-no-window',
    says: 'the same, of pairs within five, read alike',
    statistic: 'mean |r| of V with the distance-weighted window',
    of: (found) => [mean(column(ofMatrix(found, 'V'), 'window').map(Math.abs))],
    chance: () => meanAbsInterval(width, layers),
    holds: (found) =>
      mean(column(ofMatrix(found, 'V'), 'window').map(Math.abs)) <= meanAbsInterval(width, layers)[1],
  },
  {
    remark: 'equal-loss',
    says: 'CT+SFT and V1 end at nearly the same loss, 2.7 % of perplexity apart',
    statistic: 'perplexity of CT+SFT over that of V1, less one',
    of: (found) => [ladderGap(found['training-ladder']!)],
    chance: () => null,
    holds: (found) => Math.abs(ladderGap(found['training-ladder']!)) <= 0.0275,
  },
  {
    remark: 'v-drifts-more',
    says: 'V drifts 4 to 7 times as far as Q',
    statistic: 'drift of V over drift of Q, least and greatest layer',
    of: (found) => extremes(driftRatios(found)),
    chance: () => null,
    holds: (found) => driftRatios(found).every((ratio) => ratio >= 3.5 && ratio < 7.5),
  },
  {
    remark: 'real-share',
    says: 'only 61 to 70 % of the eigenvalues’ mass is real, so attention is directional',
    statistic: 'real share of Q^T K, least and greatest layer',
    of: (found) => extremes(column(found['asymmetry-nulls']!, 'real-fraction')),
    chance: (found) => [
      Math.min(...column(found['asymmetry-nulls']!, 'real-fraction-null-low')),
      Math.max(...column(found['asymmetry-nulls']!, 'real-fraction-null-high')),
    ],
    holds: (found) =>
      nearlyAll(
        found['asymmetry-nulls']!.map(
          (row) => Number(row['real-fraction']) < Number(row['real-fraction-null-low']),
        ),
      ),
  },
];

const extremes = (figures: readonly number[]): readonly number[] => [
  Math.min(...figures),
  Math.max(...figures),
];

const driftRatios = (found: Found): readonly number[] =>
  found['non-uniqueness']!.map((row) => Number(row['drift-v']) / Number(row['drift-q']));

export const remarkSources = {
  'value-crescendo': 'crescendo',
  'spectral-twinning': 'twinning',
  'correlations-by-layer': 'correlations',
  'non-uniqueness': 'drift',
  'low-rank-nulls': 'against',
  'asymmetry-nulls': 'against',
  'projection-geometry': 'geometry',
} as const satisfies TableSources;

const rowOf = ({ remark, says, statistic, of, chance, holds }: Remark, found: readonly Found[]): Row => {
  const all = found.flatMap(of);
  const random = found.flatMap((seed) => chance(seed) ?? []);
  const held = found.filter(holds).length;
  return {
    remark,
    says,
    statistic,
    mean: mean(all),
    lowest: Math.min(...all),
    highest: Math.max(...all),
    'chance-lowest': random.length > 0 ? Math.min(...random) : null,
    'chance-highest': random.length > 0 ? Math.max(...random) : null,
    'seeds-in-which-it-holds': held,
    verdict: held === found.length ? 'holds' : held === 0 ? 'fails' : 'differs by seed',
  };
};

export const remarksTable = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs(['ladder'], 'result'),
  outputs: { result: 'remarks.json' },
  params: z.strictObject({
    seeds: z.array(z.int().nonnegative()).min(1),
    width: z.int().positive(),
    layers: z.int().positive(),
  }),
  run: ({ params: { seeds, width, layers }, inputs, outputs }) => {
    const ladder = readTable(inputs['ladder']!.result, 'training-ladder').replicates;
    const found = readSeedTables(remarkSources, seeds, inputs).map(
      (tables, place): Found => ({ ...tables, 'training-ladder': ladder[place]!.rows }),
    );
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'remarks',
        run: 'v1, ct-sft',
        columns: [
          nameColumn('remark'),
          nameColumn('says'),
          nameColumn('statistic'),
          ...['mean', 'lowest', 'highest', 'chance-lowest', 'chance-highest', 'seeds-in-which-it-holds'].map(
            (id) => numberColumn(id),
          ),
          nameColumn('verdict'),
        ],
        rows: remarks(width, layers).map((remark) => rowOf(remark, found)),
      },
    ]);
  },
});

/** The stage's code over the analyses of these seeds. */
export const remarksOf = (seeds: readonly number[]): typeof remarksTable => ({
  ...remarksTable,
  inputs: { ...alikeInputs(['ladder'], 'result'), ...seedInputs(remarkSources, seeds, () => ['result']) },
});
