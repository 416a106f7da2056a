/** A page's side of a recomputation: its workers, and what they tell. */
import type { ComparedFigure } from './compare-figures.ts';
import { type Conversation, converse, type Final, type StartWorker } from './converse.ts';
import { filesOf, type Recomputation, sizeOf, stagesOf } from './recomputation.ts';
import { shareWork } from './share-work.ts';
import type { AskedOfWorker, ToldByWorker } from './worker-messages.ts';

export interface RecomputationProgress {
  readonly onDownload: (doneBytes: number, totalBytes: number) => void;
  /** How much is computed, from 0 to 1. */
  readonly onCompute: (part: number) => void;
}

export interface RecomputedTable {
  readonly figures: readonly ComparedFigure[];
  readonly downloadMs: number;
  readonly computeMs: number;
}

/** An answer of the kind that was asked for. */
const answered = <K extends Final<ToldByWorker>['kind']>(
  told: Final<ToldByWorker>,
  kind: K,
): Extract<ToldByWorker, { readonly kind: K }> => {
  if (told.kind === kind) return told as Extract<ToldByWorker, { readonly kind: K }>;
  throw new Error(`internal: a worker told '${told.kind}' when asked for '${kind}'`);
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
  const shares = shareWork(replicates, Math.max(1, processors));
  const runs = shares.map((share) => [...share.ahead, ...share.replicates]);
  const workers = shares.map(() => converse(script, startWorker));
  const end = (): void => {
    for (const worker of workers) worker.terminate();
  };
  signal.addEventListener('abort', end);

  const readAll = async (): Promise<void> => {
    // A file that several workers read is one file to the reader, as the page told its size before.
    const totalBytes = sizeOf(filesOf(replicates));
    const readBytes = runs.reduce((sum, own) => sum + sizeOf(filesOf(own)), 0);
    let doneBytes = 0;
    await Promise.all(
      workers.map((worker, at) =>
        worker.ask({ kind: 'read', folder, share: shares[at]! }, (told) => {
          if (told.kind !== 'downloaded') return;
          doneBytes += told.bytes;
          onDownload(Math.round((doneBytes / readBytes) * totalBytes), totalBytes);
        }),
      ),
    );
  };

  const parts = new Map<string, number>();
  const nStages = runs.reduce((sum, own) => sum + stagesOf(own).length, 0);
  const ask = (worker: Conversation<AskedOfWorker, ToldByWorker>, at: number, asked: AskedOfWorker) =>
    worker.ask(asked, (told) => {
      if (told.kind !== 'progress') return;
      parts.set(`${at} ${told.stage}`, told.part);
      onCompute([...parts.values()].reduce((sum, part) => sum + part, 0) / nStages);
    });

  const computeAll = async () => {
    const ahead = await Promise.all(
      workers.flatMap((worker, at) =>
        shares[at]!.ahead.length > 0 ? ask(worker, at, { kind: 'make' }) : [],
      ),
    );
    const made = Object.assign({}, ...ahead.map((told) => answered(told, 'made').outputs));
    const told = await Promise.all(
      workers.flatMap((worker, at) =>
        shares[at]!.replicates.length > 0 ? ask(worker, at, { kind: 'compute', table: table.id, made }) : [],
      ),
    );
    return told.flatMap((one) => answered(one, 'computed').anew);
  };

  try {
    const startMs = performance.now();
    await readAll();
    const readMs = performance.now();
    const anew = await computeAll();
    const computeMs = performance.now() - readMs;
    const compared = await workers[0]!.ask({
      kind: 'compare',
      recomputation: { table, presentation },
      anew,
    });
    return { figures: answered(compared, 'compared').figures, downloadMs: readMs - startMs, computeMs };
  } finally {
    signal.removeEventListener('abort', end);
    end();
  }
};
