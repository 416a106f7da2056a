import { compareFigures } from './compare-figures.ts';
import { downloadVerified } from './download-verified.ts';
import {
  filesOf,
  type MadeFile,
  type PublicFile,
  type RecomputedRows,
  type RecomputedRun,
  type RecomputedStage,
} from './recomputation.ts';
import { rowsOf, runInMemory, type StageCodes, type Written } from './run-in-memory.ts';
import type { WorkShare } from './share-work.ts';
import { answerAll, browserChannel, type WorkerChannel } from './worker-channel.ts';
import type { AskedOfWorker, ToldByWorker } from './worker-messages.ts';

/**
 * A worker's life: it downloads what its share of the work reads, and says so when every digest is as recorded; then,
 * asked to, computes it.
 *
 * @param codes of the paper's stages
 */
export const answerPage = (
  codes: StageCodes,
  channel: WorkerChannel<AskedOfWorker, ToldByWorker> = browserChannel(),
): void => {
  const { tell } = channel;
  const contents = new Map<string, Uint8Array>();
  const made = new Map<string, Written>();
  let given: WorkShare = { ahead: [], replicates: [] };

  const read = async (folder: string, share: WorkShare): Promise<ToldByWorker> => {
    given = share;
    for (const file of filesOf([...share.ahead, ...share.replicates])) {
      const told = (bytes: number): void => tell({ kind: 'downloaded', bytes });
      contents.set(file.path, await downloadVerified(folder, file, told));
    }
    return { kind: 'verified' };
  };

  const contentOf = (file: PublicFile | MadeFile): Uint8Array =>
    'path' in file ? contents.get(file.path)! : made.get(file.madeBy)![file.output]!;

  const runStage = async (stage: RecomputedStage): Promise<Written> => {
    const told = (part: number): void => tell({ kind: 'progress', stage: stage.stage, part });
    const written = await runInMemory(codes, stage, contentOf, ({ done, total }) => told(done / total));
    told(1);
    return written;
  };

  /** @param later what is run after it, for which it is kept */
  const run = async (asked: RecomputedRun, later: readonly RecomputedRun[]): Promise<Written> => {
    for (const stage of asked.before) {
      if (!made.has(stage.stage)) made.set(stage.stage, await runStage(stage));
    }
    const written = await runStage(asked);
    for (const { stage } of asked.before) {
      if (!later.some(({ before }) => before.some((of) => of.stage === stage))) made.delete(stage);
    }
    return written;
  };

  const make = async (): Promise<ToldByWorker> => {
    const outputs: Record<string, Written> = {};
    for (const [at, asked] of given.ahead.entries()) {
      outputs[asked.stage] = await run(asked, given.ahead.slice(at + 1));
    }
    return { kind: 'made', outputs };
  };

  const compute = async (
    table: string,
    outputs: Readonly<Record<string, Written>>,
  ): Promise<ToldByWorker> => {
    for (const [stage, written] of Object.entries(outputs)) made.set(stage, written);
    const anew: RecomputedRows[] = [];
    for (const [at, replicate] of given.replicates.entries()) {
      const written = await run(replicate, given.replicates.slice(at + 1));
      anew.push({ seed: replicate.seed, rows: rowsOf(written, table) });
    }
    return { kind: 'computed', anew };
  };

  const answer = async (asked: AskedOfWorker): Promise<ToldByWorker> => {
    if (asked.kind === 'read') return read(asked.folder, asked.share);
    if (asked.kind === 'make') return make();
    if (asked.kind === 'compute') return compute(asked.table, asked.made);
    return { kind: 'compared', figures: compareFigures(asked.recomputation, asked.anew) };
  };

  answerAll(channel, answer);
};
