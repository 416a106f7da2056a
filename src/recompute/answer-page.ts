import { compareFigures } from './compare-figures.ts';
import { downloadVerified } from './download-verified.ts';
import { filesOf, type RecomputedReplicate, type RecomputedRows } from './recomputation.ts';
import { runInMemory, type StageCodes } from './run-in-memory.ts';
import { answerAll, browserChannel, type WorkerChannel } from './worker-channel.ts';
import type { AskedOfWorker, ToldByWorker } from './worker-messages.ts';

/**
 * A worker's life: it downloads what its replicates read, and says so when every digest is as recorded; then, asked
 * to, computes them.
 *
 * @param codes of the paper's stages
 */
export const answerPage = (
  codes: StageCodes,
  channel: WorkerChannel<AskedOfWorker, ToldByWorker> = browserChannel(),
): void => {
  const { tell } = channel;
  const contents = new Map<string, Uint8Array>();
  let given: readonly RecomputedReplicate[] = [];

  const read = async (folder: string, replicates: readonly RecomputedReplicate[]): Promise<ToldByWorker> => {
    given = replicates;
    for (const file of filesOf(replicates)) {
      const told = (bytes: number): void => tell({ kind: 'downloaded', bytes });
      contents.set(file.path, await downloadVerified(folder, file, told));
    }
    return { kind: 'verified' };
  };

  const compute = async (table: string): Promise<ToldByWorker> => {
    const anew: RecomputedRows[] = [];
    for (const replicate of given) {
      const { seed } = replicate;
      const rows = await runInMemory(
        codes,
        replicate,
        table,
        (path) => contents.get(path)!,
        ({ done, total }) => tell({ kind: 'progress', seed, done, total }),
      );
      anew.push({ seed, rows });
    }
    return { kind: 'computed', anew };
  };

  const answer = async (asked: AskedOfWorker): Promise<ToldByWorker> => {
    if (asked.kind === 'read') return read(asked.folder, asked.replicates);
    if (asked.kind === 'compute') return compute(asked.table);
    return { kind: 'compared', figures: compareFigures(asked.recomputation, asked.anew) };
  };

  answerAll(channel, answer);
};
