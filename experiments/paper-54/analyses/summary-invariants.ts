/** The five invariants in one table: the range over layers beside the range of the null or of the init. */
import { nameColumn, numberColumn, type PlainCell, writeResults } from 'reproducible-paper/results';
import { readTable } from 'reproducible-paper/results/read-table';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';

type Rows = readonly Readonly<Record<string, PlainCell>>[];

const rowsOf = (path: string, table: string): Rows => readTable(path, table).replicates[0]!.rows;

const numbers = (rows: Rows, column: string): readonly number[] => rows.map((row) => Number(row[column]));

const range = (values: readonly number[]) => ({ low: Math.min(...values), high: Math.max(...values) });

/** A column's range over layers, and its null's interval. */
const withGaussian = (invariant: string, measure: string, rows: Rows, column: string) => ({
  invariant,
  measure,
  ...range(numbers(rows, column)),
  'null-lowest': Number(rows[0]![`${column}-null-low`]),
  'null-highest': Number(rows[0]![`${column}-null-high`]),
});

export const summaryInvariants = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: {
    twinning: ['result'],
    crescendo: ['result'],
    lowRank: ['result'],
    asymmetry: ['result'],
    nonUniqueness: ['result'],
  },
  outputs: { result: 'summary-invariants.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const twinning = rowsOf(inputs.twinning.result, 'spectral-twinning');
    const crescendo = rowsOf(inputs.crescendo.result, 'value-crescendo');
    const lowRank = rowsOf(inputs.lowRank.result, 'low-rank-kernel');
    const asymmetry = rowsOf(inputs.asymmetry.result, 'asymmetry');
    const drift = rowsOf(inputs.nonUniqueness.result, 'non-uniqueness');
    const ratio = numbers(crescendo, 'v-over-q');
    const initRatio = range(numbers(crescendo, 'v-over-q-init'));
    const quotient = (over: string, under: string) =>
      numbers(drift, over).map((x, index) => x / numbers(drift, under)[index]!);
    const v1Quotient = range(quotient('v1-drift-v', 'v1-drift-q'));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'summary-invariants',
        run: 'v1; drift of ct-sft',
        columns: [
          nameColumn('invariant'),
          nameColumn('measure'),
          numberColumn('low'),
          numberColumn('high'),
          numberColumn('null-lowest'),
          numberColumn('null-highest'),
        ],
        rows: [
          withGaussian('qk-twinning', 'KL(Q‖K)', twinning, 'kl-q-k'),
          withGaussian('v-randomness', 'KL(V‖MP)', twinning, 'kl-v-mp'),
          // As the original prints it: from the first layer to the last, not a range.
          {
            invariant: 'v-growth',
            measure: 'V/Q, first layer to last; null: at init',
            low: ratio[0]!,
            high: ratio.at(-1)!,
            'null-lowest': initRatio.low,
            'null-highest': initRatio.high,
          },
          withGaussian('qk-effective-rank', 'effective rank of QKᵀ', lowRank, 'effective-rank'),
          withGaussian('qk-top-8-energy', 'top-8 energy of QKᵀ', lowRank, 'top-8-energy'),
          withGaussian('w-asymmetry', '‖W − Wᵀ‖ / ‖W‖', asymmetry, 'ratio'),
          {
            invariant: 'drift-ratio',
            measure: 'V drift / Q drift; null: of V1',
            ...range(quotient('drift-v', 'drift-q')),
            'null-lowest': v1Quotient.low,
            'null-highest': v1Quotient.high,
          },
        ],
      },
    ]);
  },
});
