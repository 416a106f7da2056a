/**
 * Invariant 5 with alignment: whether CT+SFT and V1 have forms in common, beside two trainings of V1 from other seeds, and,
 * as positive controls, V1 and the init that it came from, and V1 and a run of the same start on another text. Equivalence by two one-sided tests over pairs (Schuirmann 1987).
 */

import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Cell, nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { normalHalf } from '../controls/normal-half.ts';
import { cellOf, nullCell } from '../controls/null-cell.ts';
import { tost } from '../controls/tost.ts';
import { type AlignedPair, meanCosines, readAlignedPair } from './aligned-pair.ts';
import { mean } from './mean.ts';
import { replayAlignment } from './replay-alignment.ts';

const against = (pairs: readonly AlignedPair[], of: 'whole' | 'matched') => {
  const draws = pairs[0]!.meanDraws.map((_, draw) => mean(pairs.map((pair) => pair.meanDraws[draw]![of])));
  return nullCell(mean(pairs.map(({ layers }) => meanCosines(layers)[of])), draws);
};

/** Matched heads agree somewhat whatever they are, since the best match is taken: less what chance gives of that. */
const excess = (pair: AlignedPair): number => {
  const { value, mean: chance } = against([pair], 'matched');
  return value - chance;
};

const cells = (pairs: readonly AlignedPair[]): Readonly<Record<string, Cell>> => ({
  unaligned: mean(pairs.map((pair) => pair.unaligned)),
  'as-they-lie': mean(pairs.map(({ asTheyLie }) => meanCosines(asTheyLie).matched)),
  whole: cellOf(against(pairs, 'whole'), 'either'),
  matched: cellOf(against(pairs, 'matched'), 'above'),
  excess: mean(pairs.map(excess)),
});

/** Of one pair alone the null says how far its excess may be off; of several, their spread. */
const intervalOf = (
  pairs: readonly AlignedPair[],
  bound: number,
): { readonly low: number; readonly high: number } => {
  if (pairs.length > 1) return tost(pairs.map(excess), bound);
  const { sd } = against(pairs, 'matched');
  const [found] = pairs.map(excess);
  return { low: found! - normalHalf(0.9) * sd, high: found! + normalHalf(0.9) * sd };
};

const verdictOf = ({ low, high }: { readonly low: number; readonly high: number }, bound: number): string => {
  const excludesZero = low > 0 || high < 0;
  if (low > -bound && high < bound) return excludesZero ? 'negligible' : 'equivalent';
  return excludesZero ? 'related' : 'undecided';
};

/** @param pairs of one kind, one a unit */
const kindRows = (
  kind: string,
  pairs: readonly (readonly [string, AlignedPair])[],
  bound: number,
): readonly Row[] => {
  const all = pairs.map(([, pair]) => pair);
  const { low, high } = intervalOf(all, bound);
  return [
    ...pairs.map(([unit, pair]) => ({
      pair: kind,
      unit,
      ...cells([pair]),
      low: null,
      high: null,
      verdict: null,
    })),
    { pair: kind, unit: 'all', ...cells(all), low, high, verdict: verdictOf({ low, high }, bound) },
  ];
};

export const alignedSolutions = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: alikeInputs([], 'pair', 'weights'),
  outputs: { result: 'aligned-solutions.json' },
  params: z.strictObject({
    /** Input name -> the kind of its pair, and which of that kind it is. */
    pairs: z.record(z.string(), z.strictObject({ kind: z.string(), unit: z.string() })),
    /** Within it a mean cosine, less its null's, is negligible. */
    bound: z.number().positive(),
    /** Of the draws. */
    seed: z.int().nonnegative(),
  }),
  run: async ({ params: { pairs, bound, seed }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const read = Object.entries(pairs).map(([input, of]) => {
      const pair = readAlignedPair(inputs[input]!.pair!);
      const path = (side: 'a' | 'b'): string => inputs[`${input}-${side}`]!.weights!;
      replayAlignment(pair, { a: path('a'), b: path('b') }, { seed, stream: `${of.kind}-${of.unit}` }, la);
      return { ...of, pair };
    });
    const kinds = [...new Set(read.map(({ kind }) => kind))];
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'aligned-solutions',
        run: 'v1, ct-sft, the init of v1, and a run of that start',
        keys: ['pair', 'unit'],
        columns: [
          nameColumn('pair'),
          nameColumn('unit'),
          ...['unaligned', 'as-they-lie', 'whole', 'matched', 'excess', 'low', 'high'].map((id) =>
            numberColumn(id),
          ),
          nameColumn('verdict'),
        ],
        rows: kinds.flatMap((kind) =>
          kindRows(
            kind,
            read.filter((of) => of.kind === kind).map(({ unit, pair }) => [unit, pair] as const),
            bound,
          ),
        ),
        nullDraws: read[0]!.pair.draws,
      },
    ]);
  },
});

/** The stage's code over so many pairs. */
export const alignedSolutionsOf = (names: readonly string[]): typeof alignedSolutions => ({
  ...alignedSolutions,
  inputs: {
    ...alikeInputs(names, 'pair'),
    ...alikeInputs(
      names.flatMap((name) => [`${name}-a`, `${name}-b`]),
      'weights',
    ),
  },
});
