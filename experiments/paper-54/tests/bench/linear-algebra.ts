/**
 * Our linear algebra against numpy, scipy and scikit-learn: on the same matrices, handed over as files, in
 * processes that stay, in turn, on two threads each.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backendEnvironment } from 'reproducible-paper/tensor/numeric-backend';
import type { Bench, BenchRow } from '../../../../tests/bench/bench-row.ts';
import { pairedRuns } from '../../../../tests/bench/paired-runs.ts';
import { startPythonPeer } from '../../../../tests/bench/python-peers.ts';
import { startTimedProcess, type TimedProcess } from '../../../../tests/bench/timed-process.ts';
import {
  type BenchMatrices,
  gaussianLayers,
  trainedLayers,
  writeAnalyses,
  writeCooccurrence,
} from './bench-matrices.ts';
import { analyses } from './our-analyses.ts';

const threads = 2;

interface Sides {
  readonly ours: TimedProcess;
  readonly theirs: TimedProcess;
}

/** One row: a task of ours and one of theirs, and what both say of their answers. */
const measure = async (
  { ours, theirs }: Sides,
  row: Pick<BenchRow, 'id' | 'peer' | 'note'>,
  about: Readonly<Record<string, unknown>>,
  [ourTask, theirTask]: readonly [string, string],
): Promise<BenchRow> => {
  const told = { ours: '', theirs: '' };
  const figures = await pairedRuns(
    async () => {
      const answer = await ours.ask(ourTask, about);
      told.ours = answer.told;
      return answer.milliseconds;
    },
    async () => {
      const answer = await theirs.ask(theirTask, about);
      told.theirs = answer.told;
      return answer.milliseconds;
    },
  );
  return { ...row, unit: 'ms', ...figures, note: `${row.note}; ours: ${told.ours}; theirs: ${told.theirs}` };
};

const layerRows = async (sides: Sides, matrices: BenchMatrices, of: string): Promise<readonly BenchRow[]> => {
  const { layers } = matrices;
  return [
    await measure(
      sides,
      {
        id: `svd-all-layers${of}`,
        peer: 'numpy.linalg.svd',
        note: `singular values of Q, K, V and Q K^T of ${layers} layers in float64`,
      },
      { ...matrices },
      ['singular-values', 'singular-values'],
    ),
    await measure(
      sides,
      {
        id: `eigenvalues-all-attention${of}`,
        peer: 'numpy.linalg.eigvals',
        note: `eigenvalues of W = Q^T K of ${layers} layers in float64`,
      },
      { ...matrices },
      ['eigenvalues', 'eigenvalues'],
    ),
  ];
};

const cooccurrenceRows = async (sides: Sides, folder: string): Promise<readonly BenchRow[]> => {
  const sparse = await writeCooccurrence(folder);
  const about = { ...sparse, count: 256, reference: join(folder, 'k2.reference') };
  await sides.theirs.ask('dense-reference', about);
  const note = `top ${about.count} eigenpairs of the symmetrised log1p K_2 of Brown, ${sparse.size} tokens, ${sparse.entries} entries; errors against a dense solver, as shares of the largest`;
  const row = (id: string, peer: string, task: string, how: Readonly<Record<string, number>>) =>
    measure(sides, { id: `top-eigenpairs-k2${id}`, peer, note }, { ...about, ...how }, [
      'top-eigenpairs',
      task,
    ]);
  return [
    await row('', 'scipy.sparse.linalg.eigsh', 'eigsh', { tolerance: 0 }),
    await row('-loose', 'scipy.sparse.linalg.eigsh(tol=0.01)', 'eigsh', { tolerance: 0.01 }),
    await row('-randomized', 'sklearn randomized_svd(n_iter=40)', 'randomized-svd', { iterations: 40 }),
  ];
};

/** Largest difference of a sum of figures, as a share of it, before the two sides count as different. */
const sameFigures = 1e-6;

/**
 * All analyses of one seed: ours as the build runs them, two at a time in processes of one thread each, the longest
 * first; theirs one after the other on two threads.
 */
const analysesRow = async ({ theirs }: Sides, folder: string): Promise<BenchRow> => {
  const about = writeAnalyses(folder);
  const pair = [1, 2].map(() => startOurs(1));
  const sums: Record<string, number> = {};
  const ours = async (): Promise<number> => {
    const waiting = Object.keys(analyses);
    const startMs = performance.now();
    await Promise.all(
      pair.map(async (worker) => {
        for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
          sums[name] = Number((await worker.ask('analysis', { ...about, name })).told);
        }
      }),
    );
    return performance.now() - startMs;
  };
  const peer = async (): Promise<number> => {
    const { milliseconds, told } = await theirs.ask('analyses', { ...about });
    for (const [name, sum] of Object.entries(JSON.parse(told) as Record<string, number>)) {
      const our = sums[name] ?? Number.NaN;
      if (Math.abs(our - sum) <= sameFigures * Math.abs(sum)) continue;
      throw new Error(`the figures of ${name} sum to ${our} in ours and to ${sum} in numpy`);
    }
    return milliseconds;
  };
  try {
    return {
      id: 'all-analyses',
      peer: 'numpy',
      unit: 'ms',
      ...(await pairedRuns(ours, peer)),
      note: 'all analyses of one seed with 99 draws, the pure functions on Gaussian matrices, draws and views given; ours in two processes of one thread, as the build runs stages; figures of both agree',
    };
  } finally {
    await Promise.all(pair.map((worker) => worker.end()));
  }
};

const startOurs = (count: number): TimedProcess =>
  startTimedProcess(
    process.execPath,
    [...process.execArgv, join(import.meta.dirname, 'our-linear-algebra.ts')],
    backendEnvironment(count),
  );

export const linearAlgebraBench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-linear-algebra-'));
  const sides: Sides = {
    ours: startOurs(threads),
    theirs: await startPythonPeer(import.meta.dirname, 'numpy_peer.py', threads),
  };
  try {
    const { told } = await sides.theirs.ask('kernels');
    console.log(`numpy's BLAS: ${told}`);
    const rows = [...(await layerRows(sides, gaussianLayers(folder), ''))];
    const trained = 'dist/paper-54/weights/v1.safetensors';
    if (existsSync(trained)) {
      rows.push(...(await layerRows(sides, trainedLayers(folder, trained), '-trained')));
    }
    rows.push(...(await cooccurrenceRows(sides, folder)), await analysesRow(sides, folder));
    return rows;
  } finally {
    await sides.ours.end();
    await sides.theirs.end();
    rmSync(folder, { recursive: true, force: true });
  }
};
