/**
 * Every regularity as trained, as reported, and as chance gives it: a figure a training, and how far their mean lies from
 * the middle of the null, in half-widths of the interval that holds 95 % of it. Within one it is what chance gives.
 */

import { summariseSeeds } from 'reproducible-paper/numerics/summarise-seeds';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { normalHalf } from '../controls/normal-half.ts';
import { ladderGap } from '../training/perplexity-gap.ts';
import { figure, rowsOf, rowWhere, statedFigure } from './audit-check.ts';
import { mean } from './mean.ts';
import type { Found, Rows } from './pattern.ts';
import { readSeedTables, seedInputs, type TableSources } from './seed-tables.ts';

interface Null {
  readonly low: number;
  readonly high: number;
}

interface Regularity {
  readonly quantity: string;
  readonly measure: string;
  /** Of one seed. */
  readonly value: (found: Found) => number;
  /** Null where chance says nothing of it. */
  readonly chance: ((found: Found) => Null) | null;
  /** As printed, the middle of what the digits allow; null where the original prints none. */
  readonly reported: number | null;
}

const numbers = (rows: Rows, column: string): readonly number[] => rows.map((row) => Number(row[column]));

/** The null of a mean over layers: layers are drawn independently. */
const ofMean = (rows: Rows, column: string): Null => {
  const sd = Math.sqrt(mean(numbers(rows, `${column}-null-sd`).map((x) => x * x)) / rows.length);
  const middle = mean(numbers(rows, `${column}-null-mean`));
  return { low: middle - normalHalf(0.95) * sd, high: middle + normalHalf(0.95) * sd };
};

/** A column's mean over layers beside the null of such a mean. */
const overLayers = (rowsIn: (found: Found) => Rows, column: string) => ({
  value: (found: Found) => mean(numbers(rowsIn(found), column)),
  chance: (found: Found) => ofMean(rowsIn(found), column),
});

const middle = ({ low, high }: Null): number => (low + high) / 2;
const reportedMean = (table: Parameters<typeof rowsOf>[0], column: string): number =>
  mean(
    rowsOf(table)
      .filter((row) => row['layer'] !== 'mean')
      .map((row) => middle(figure(row, column))),
  );
const kernel = (found: Found): Rows => found['low-rank-nulls']!.filter((row) => row['matrix'] === 'Q K^T');
const leadingBand = (found: Found): Rows => found['band-energy']!.slice(0, 1);
const growth = (rows: Rows, column: string): number =>
  Number(rows.at(-1)![column]) / Number(rows[0]![column]);

const regularities: readonly Regularity[] = [
  {
    quantity: 'counts in attention',
    measure: 'cosine of a layer’s form with neighbours, free of frequency, mean over layers',
    ...overLayers((found) => found['form-test']!, 'k2'),
    reported: null,
  },
  {
    quantity: 'Q in leading band',
    measure: 'share of Q in the leading band of the eigenbasis of K₂, mean over layers',
    ...overLayers(leadingBand, 'q'),
    chance: (found) => {
      const [row] = leadingBand(found);
      return { low: Number(row!['q-null-low']), high: Number(row!['q-null-high']) };
    },
    reported: middle(figure(rowWhere('band-energy', 'band', '0-32'), 'q')),
  },
  {
    quantity: 'Q and K apart',
    measure: 'KL(Q‖K), mean over layers',
    ...overLayers((found) => found['spectral-twinning']!, 'kl-q-k'),
    reported: reportedMean('spectral-twinning', 'kl-q-k'),
  },
  {
    quantity: 'V apart from random',
    measure: 'KL(V‖MP), mean over layers',
    ...overLayers((found) => found['spectral-twinning']!, 'kl-v-mp'),
    reported: reportedMean('spectral-twinning', 'kl-v-mp'),
  },
  {
    quantity: 'V/Q grows with depth',
    measure: 'V/Q of the last layer over that of the first; chance: the same at init, whatever its order',
    value: (found) => growth(found['value-crescendo']!, 'v-over-q'),
    chance: (found) => {
      const init = numbers(found['value-crescendo']!, 'v-over-q-init');
      const [low, high] = [Math.min(...init), Math.max(...init)];
      return { low: low / high, high: high / low };
    },
    reported: growth(
      rowsOf('value-crescendo').map((row) => ({ ratio: middle(figure(row, 'v-over-q')) })),
      'ratio',
    ),
  },
  {
    quantity: 'rank of QKᵀ',
    measure: 'effective rank, mean over layers; chance: the same spectra turned',
    ...overLayers(kernel, 'effective-rank'),
    reported: middle(figure(rowWhere('low-rank-kernel', 'layer', 'mean'), 'effective-rank')),
  },
  {
    quantity: 'form symmetric',
    measure: 'rho on tokens, free of frequency, mean over layers; chance: the same spectra turned',
    ...overLayers((found) => found['form-symmetry']!, 'rho'),
    // Its ratio is of weights, and with frequency: no figure of this quantity.
    reported: null,
  },
  {
    quantity: 'two runs alike',
    measure: 'r of Q in CT+SFT with Q in V1, entry by entry, mean over layers',
    ...overLayers((found) => found['non-uniqueness']!, 'corr-q'),
    reported: reportedMean('non-uniqueness', 'corr-q'),
  },
  {
    quantity: 'perplexity gap',
    measure: 'perplexity of CT+SFT over that of V1, less one',
    value: (found) => ladderGap(found['training-ladder']!),
    chance: null,
    reported: middle(statedFigure('gap', 'about')!),
  },
];

export const distanceSources = {
  'form-test': 'form',
  'form-symmetry': 'structure',
  'band-energy': 'bands',
  'spectral-twinning': 'twinning',
  'value-crescendo': 'crescendo',
  'low-rank-nulls': 'against',
  'non-uniqueness': 'drift',
} as const satisfies TableSources;

const rowOf = ({ quantity, measure, value, chance, reported }: Regularity, found: readonly Found[]): Row => {
  const values = found.map(value);
  const nulls = chance === null ? null : found.map(chance);
  const [low, high] = [nulls && mean(nulls.map((of) => of.low)), nulls && mean(nulls.map((of) => of.high))];
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const interval = values.length > 1 ? summariseSeeds(values) : { low: lowest, high: highest };
  return {
    quantity,
    measure,
    value: mean(values),
    lowest,
    highest,
    'interval-low': interval.low,
    'interval-high': interval.high,
    'chance-low': low,
    'chance-high': high,
    reported,
    distance: low === null || high === null ? null : (mean(values) - (low + high) / 2) / ((high - low) / 2),
  };
};

export const distanceFromChance = defineStage({
  module: import.meta.url,
  kind: 'exact',
  inputs: alikeInputs(['ladder'], 'result'),
  outputs: { result: 'distance-from-chance.json' },
  params: z.strictObject({ seeds: z.array(z.int().nonnegative()).min(1) }),
  run: ({ params: { seeds }, inputs, outputs }) => {
    const ladder = readTable(inputs['ladder']!.result, 'training-ladder').replicates;
    const found = readSeedTables(distanceSources, seeds, inputs).map(
      (tables, place): Found => ({ ...tables, 'training-ladder': ladder[place]!.rows }),
    );
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'distance-from-chance',
        run: 'v1, all seeds',
        columns: [
          nameColumn('quantity'),
          nameColumn('measure'),
          ...['value', 'lowest', 'highest', 'interval-low', 'interval-high'].map((id) => numberColumn(id)),
          ...['chance-low', 'chance-high', 'reported', 'distance'].map((id) => numberColumn(id)),
        ],
        rows: regularities.map((regularity) => rowOf(regularity, found)),
      },
      {
        kind: 'series',
        id: 'distance-by-training',
        columns: [nameColumn('quantity'), nameColumn('training'), numberColumn('value')],
        rows: regularities.flatMap(({ quantity, value }) =>
          found.map((of, place) => ({ quantity, training: seeds[place]!, value: value(of) })),
        ),
      },
    ]);
  },
});

/** The stage's code over the analyses of these seeds. */
export const distanceFromChanceOf = (seeds: readonly number[]): typeof distanceFromChance => ({
  ...distanceFromChance,
  inputs: { ...alikeInputs(['ladder'], 'result'), ...seedInputs(distanceSources, seeds, () => ['result']) },
});
