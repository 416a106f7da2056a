/**
 * Our linear algebra against numpy, scipy and scikit-learn: on the same matrices, handed over as files, in
 * processes that stay, in turn, on two threads each.
 */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { backendEnvironment } from '../../src/tensor/numeric-backend.ts';
import { type BenchMatrices, gaussianLayers, trainedLayers, writeCooccurrence } from './bench-matrices.ts';
import type { Bench, BenchRow } from './bench-row.ts';
import { pairedRuns } from './paired-runs.ts';
import { startPythonPeer } from './python-peers.ts';
import { startTimedProcess, type TimedProcess } from './timed-process.ts';

const threads = 2;

interface Sides {
  readonly ours: TimedProcess;
  readonly theirs: TimedProcess;
}

type Task = Readonly<Record<string, unknown>>;

/** One row: the same task of both, and how far their answers are apart. */
const measure = async (
  { ours, theirs }: Sides,
  row: Pick<BenchRow, 'id' | 'peer'>,
  task: string,
  about: Task,
  note: string,
): Promise<BenchRow> => {
  const told = { ours: '', theirs: '' };
  const timed = async (side: 'ours' | 'theirs'): Promise<number> => {
    const { milliseconds, told: text } = await { ours, theirs }[side].ask(task, about);
    told[side] = String(text);
    return milliseconds;
  };
  const figures = await pairedRuns(
    () => timed('ours'),
    () => timed('theirs'),
  );
  return { ...row, unit: 'ms', ...figures, note: `${note}; ours ${told.ours}, theirs ${told.theirs}` };
};

const layerRows = async (sides: Sides, matrices: BenchMatrices, of: string): Promise<readonly BenchRow[]> => {
  const { layers } = matrices;
  return [
    await measure(
      sides,
      { id: `svd-all-layers${of}`, peer: 'numpy.linalg.svd' },
      'singular-values',
      { ...matrices },
      `singular values of Q, K, V and Q K^T of ${layers} layers, float64`,
    ),
    await measure(
      sides,
      { id: `eigenvalues-all-attention${of}`, peer: 'numpy.linalg.eigvals' },
      'eigenvalues',
      { ...matrices },
      `eigenvalues of W = Q^T K of ${layers} layers, float64`,
    ),
  ];
};

const cooccurrenceRows = async (sides: Sides, folder: string): Promise<readonly BenchRow[]> => {
  const matrix = await writeCooccurrence(folder);
  const about = { ...matrix, count: 256 };
  const note = `top ${about.count} eigenpairs of the symmetrised log1p K_2, ${matrix.size} tokens of Brown, ${matrix.entries} entries`;
  return [
    await measure(
      sides,
      { id: 'top-eigenpairs-k2', peer: 'scipy.sparse.linalg.eigsh' },
      'eigsh',
      about,
      note,
    ),
    await measure(
      sides,
      { id: 'top-eigenpairs-k2-randomized', peer: 'sklearn randomized_svd' },
      'randomized-svd',
      about,
      note,
    ),
  ];
};

export const linearAlgebraBench: Bench = async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bench-linear-algebra-'));
  const sides: Sides = {
    ours: startTimedProcess(
      process.execPath,
      [...process.execArgv, join(import.meta.dirname, 'our-linear-algebra.ts')],
      backendEnvironment(threads),
    ),
    theirs: await startPythonPeer('numpy_peer.py', threads),
  };
  try {
    const { told } = await sides.theirs.ask('kernels');
    console.log(`numpy's BLAS: ${told}`);
    const rows = [...(await layerRows(sides, gaussianLayers(folder), ''))];
    const trained = 'dist/paper-54/weights/v1.safetensors';
    if (existsSync(trained)) {
      rows.push(...(await layerRows(sides, trainedLayers(folder, trained), '-trained')));
    }
    rows.push(...(await cooccurrenceRows(sides, folder)));
    return rows;
  } finally {
    await sides.ours.end();
    await sides.theirs.end();
    rmSync(folder, { recursive: true, force: true });
  }
};
