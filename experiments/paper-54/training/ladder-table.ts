/**
 * The ladder's table: losses of the first seed's models, the trained ones computed by the build from their
 * weights, and beside them mean and interval over the losses that were recorded of every seed's models, on the
 * same text.
 */
import { valueAcrossSeeds } from '../../../src/results/across-seeds.ts';
import type { Cell, ResultFile, Table } from '../../../src/results/result-schema.ts';
import { tableAcrossSeeds } from '../../../src/results/seed-columns.ts';
import { count, fixed, numberColumn, share, wordColumn } from '../analyses/result-file.ts';
import type { Losses } from './evaluate-models.ts';
import type { EvaluatedRun } from './evaluate-trained.ts';
import type { UntrainedLosses } from './gather-untrained.ts';
import type { RecordedLosses } from './record-losses.ts';

type Recorded = RecordedLosses[number];

const columns = [
  wordColumn('method', 'method', { 'random-init': 'random init', 'ct-sft': 'CT+SFT', v1: 'V1' }),
  numberColumn('loss', 'loss, held out', fixed(2), 'nats/token'),
  numberColumn('perplexity', 'perplexity', fixed(1)),
  numberColumn('train-loss', 'loss, training text', fixed(2), 'nats/token'),
  numberColumn('best-step', 'weights of step', count),
  numberColumn('last-loss', 'loss after the last step', fixed(2), 'nats/token'),
  numberColumn('last-step', 'last step', count),
];

const lossCells = (losses: Losses | undefined): Readonly<Record<string, Cell>> => ({
  loss: losses?.heldOutLossNats ?? null,
  perplexity: losses ? Math.exp(losses.heldOutLossNats) : null,
  'train-loss': losses?.trainLossNats ?? null,
});

const trainingCells = (recorded: Recorded | undefined): Readonly<Record<string, Cell>> => ({
  'best-step': recorded?.best.step ?? null,
  'last-loss': recorded?.last.heldOutLossNats ?? null,
  'last-step': recorded?.last.step ?? null,
});

const gapOf = (sft: Losses, v1: Losses): number => Math.exp(sft.heldOutLossNats - v1.heldOutLossNats) - 1;

/**
 * @param computed method -> losses, in the table's order; of the first seed where a seed matters
 * @param seedless methods that are the same for every seed
 * @param recorded of every model and seed, the first seed's first
 * @param evaluation of the first seed's trained models
 */
export const ladderResults = (
  computed: ReadonlyMap<string, Losses>,
  seedless: ReadonlySet<string>,
  { trained, untrained }: { readonly trained: RecordedLosses; readonly untrained: UntrainedLosses },
  evaluation: EvaluatedRun['evaluation'],
): ResultFile['results'] => {
  const seeds = [...new Set(trained.map(({ seed }) => seed))];
  const first = seeds[0]!;
  const recordOf = (run: string, seed: number): Recorded | undefined =>
    trained.find((candidate) => candidate.run === run && candidate.seed === seed);
  const untrainedOf = (method: string, seed: number): Losses | undefined => {
    const ofSeed: Readonly<Record<string, Losses>> = untrained.find((of) => of.seed === seed)?.losses ?? {};
    return ofSeed[method];
  };
  const tableOf = (seed: number, lossesOf: (method: string) => Losses | undefined): Table => ({
    kind: 'table',
    id: 'training-ladder',
    run: `all, seed ${seed}${evaluation === 'computed' ? '' : ', as the trainings recorded: this build runs no model'}`,
    columns,
    rows: [...computed.keys()].map((method) => ({
      method,
      ...lossCells(lossesOf(method)),
      ...trainingCells(recordOf(method, seed)),
    })),
    nullModel: null,
  });
  const own = tableOf(first, (method) => computed.get(method));
  const gap = {
    kind: 'value' as const,
    id: 'perplexity-gap',
    value: gapOf(computed.get('ct-sft')!, computed.get('v1')!),
    unit: '1',
    format: share(1),
  };
  if (seeds.length === 1) return [own, gap];
  const recordedTables = seeds.map(
    (seed) =>
      [
        seed,
        tableOf(
          seed,
          (method) =>
            recordOf(method, seed)?.best ??
            untrainedOf(method, seed) ??
            (seedless.has(method) ? computed.get(method) : undefined),
        ),
      ] as const,
  );
  const across = tableAcrossSeeds(recordedTables as [(typeof recordedTables)[0], ...typeof recordedTables]);
  const gaps = seeds.map(
    (seed) => [seed, gapOf(recordOf('ct-sft', seed)!.best, recordOf('v1', seed)!.best)] as const,
  );
  return [
    {
      ...across,
      rows: across.rows.map((row, index) => ({ ...row, ...own.rows[index] })),
      seeds: { ...across.seeds!, how: `${across.seeds!.how}, of losses recorded of each seed` },
    },
    ...valueAcrossSeeds(gap, gaps),
  ];
};
