/**
 * The ladder's table, a replicate a seed: of the first seed the losses that the build computes from its weights, of the
 * others those that were recorded of every seed's models, on the same text.
 */
import { type Cell, nameColumn, numberColumn, type ResultInput, type Row } from 'reproducible-paper/results';
import type { Losses } from './evaluate-models.ts';
import type { EvaluatedRun } from './evaluate-trained.ts';
import type { UntrainedLosses } from './gather-untrained.ts';
import { perplexityGap } from './perplexity-gap.ts';
import type { RecordedLosses } from './record-losses.ts';

type Recorded = RecordedLosses[number];

const columns = [
  nameColumn('method'),
  numberColumn('loss', 'nats/token'),
  numberColumn('perplexity'),
  numberColumn('train-loss', 'nats/token'),
  numberColumn('best-step'),
  numberColumn('last-loss', 'nats/token'),
  numberColumn('last-step'),
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
): readonly ResultInput[] => {
  const seeds = [...new Set(trained.map(({ seed }) => seed))];
  const first = seeds[0]!;
  const recordOf = (run: string, seed: number): Recorded | undefined =>
    trained.find((candidate) => candidate.run === run && candidate.seed === seed);
  const untrainedOf = (method: string, seed: number): Losses | undefined => {
    const ofSeed: Readonly<Record<string, Losses>> = untrained.find((of) => of.seed === seed)?.losses ?? {};
    return ofSeed[method];
  };
  const lossesOf = (method: string, seed: number): Losses | undefined =>
    seed === first || seedless.has(method)
      ? computed.get(method)
      : (recordOf(method, seed)?.best ?? untrainedOf(method, seed));
  const rowsOf = (seed: number): Row[] =>
    [...computed.keys()].map((method) => ({
      method,
      ...lossCells(lossesOf(method, seed)),
      ...trainingCells(recordOf(method, seed)),
    }));
  const gap = (seed: number): number =>
    perplexityGap((run) => lossesOf(run, seed)?.heldOutLossNats, `seed ${seed}`);
  return [
    {
      kind: 'table',
      id: 'training-ladder',
      run: evaluation === 'computed' ? 'all' : 'all, as the trainings recorded: this build runs no model',
      columns,
      ...(seeds.length === 1
        ? { rows: rowsOf(first) }
        : { replicates: seeds.map((seed) => ({ seed, rows: rowsOf(seed) })) }),
    },
    {
      kind: 'value',
      id: 'perplexity-gap',
      unit: '1',
      ...(seeds.length === 1
        ? { value: gap(first) }
        : { replicates: seeds.map((seed) => ({ seed, value: gap(seed) })) }),
    },
  ];
};
