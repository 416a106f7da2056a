/** A page's side of a recomputation: its workers, and what they tell. */
import type { ComparedFigure } from './compare-figures.ts';
import { converse, type Final, type StartWorker } from './converse.ts';
import { filesOf, type Recomputation, sizeOf } from './recomputation.ts';
import type { AskedOfWorker, ToldByWorker } from './worker-messages.ts';

export interface RecomputationProgress {
  readonly onDownload: (doneBytes: number, totalBytes: number) => void;
  readonly onCompute: (done: number, total: number) => void;
}

export interface RecomputedTable {
  readonly figures: readonly ComparedFigure[];
  readonly downloadMs: number;
  readonly computeMs: number;
}

const computedBy = (told: Final<ToldByWorker>) => {
  if (told.kind === 'computed') return told.anew;
  throw new Error(`internal: a worker told '${told.kind}' when asked to compute`);
};

const comparedBy = (told: Final<ToldByWorker>) => {
  if (told.kind === 'compared') return told.figures;
  throw new Error(`internal: a worker told '${told.kind}' when asked to compare`);
};

/**
 * Computes a table's replicates anew, side by side where the machine has the processors. Nothing is computed before
 * every file of every replicate is there and has its digest.
 *
 * @param folder the paper's, absolute
 * @param signal ends it; the promise then never settles
 * @throws RecomputationError
 */
export const recomputeTable = async (
  { worker: script, table, presentation, replicates }: Recomputation,
  folder: string,
  processors: number,
  startWorker: StartWorker<AskedOfWorker, ToldByWorker>,
  { onDownload, onCompute }: RecomputationProgress,
  signal: AbortSignal,
): Promise<RecomputedTable> => {
  signal.throwIfAborted();
  const nWorkers = Math.min(replicates.length, Math.max(1, processors));
  const shares = Array.from({ length: nWorkers }, (_, at) =>
    replicates.filter((_replicate, place) => place % nWorkers === at),
  );
  const workers = shares.map(() => converse(script, startWorker));
  const end = (): void => {
    for (const worker of workers) worker.terminate();
  };
  signal.addEventListener('abort', end);
  try {
    const startMs = performance.now();
    // A file that several workers read is one file to the reader, as the page told its size before.
    const totalBytes = sizeOf(filesOf(replicates));
    const readBytes = shares.reduce((sum, share) => sum + sizeOf(filesOf(share)), 0);
    let doneBytes = 0;
    await Promise.all(
      workers.map((worker, at) =>
        worker.ask({ kind: 'read', folder, replicates: shares[at]! }, (told) => {
          if (told.kind !== 'downloaded') return;
          doneBytes += told.bytes;
          onDownload(Math.round((doneBytes / readBytes) * totalBytes), totalBytes);
        }),
      ),
    );
    const readMs = performance.now();
    const parts = new Map<number | null, number>();
    const told = await Promise.all(
      workers.map((worker) =>
        worker.ask({ kind: 'compute', table: table.id }, (passing) => {
          if (passing.kind !== 'progress') return;
          parts.set(passing.seed, passing.done);
          const done = [...parts.values()].reduce((sum, part) => sum + part, 0);
          onCompute(done, passing.total * replicates.length);
        }),
      ),
    );
    const computeMs = performance.now() - readMs;
    const anew = told.flatMap(computedBy);
    const compared = await workers[0]!.ask({
      kind: 'compare',
      recomputation: { table, presentation },
      anew,
    });
    return { figures: comparedBy(compared), downloadMs: readMs - startMs, computeMs };
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
};
