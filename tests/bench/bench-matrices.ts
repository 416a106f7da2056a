/** The matrices that both sides are given, as files of float64 numbers, row-major. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readCounts } from '../../experiments/paper-54/cooccurrence/read-counts.ts';
import { weightings } from '../../experiments/paper-54/cooccurrence/weightings.ts';
import { attentionWeightsOf } from '../../experiments/paper-54/model/attention-weights.ts';
import { loadPaper } from '../../src/cli/load-paper.ts';
import { createWorkshop } from '../../src/cli/workshop.ts';
import { stagesInOrder } from '../../src/engine/pipeline.ts';
import { runPipeline } from '../../src/engine/run-pipeline.ts';
import type { Matrix } from '../../src/tensor/linear-algebra.ts';
import { matrix } from '../../src/tensor/matrix.ts';
import { readSafetensors } from '../../src/tensor/safetensors.ts';
import { seededRandom } from '../../src/tensor/seeded-random.ts';
import { sparseAdd, sparseMap, sparseTranspose } from '../../src/tensor/sparse-matrix.ts';

/** Q, K and V of every layer: [layers, 3, n, n] in one file. */
export interface BenchMatrices {
  readonly path: string;
  readonly layers: number;
  readonly n: number;
}

/** A sparse matrix in compressed rows: three files. */
export interface BenchSparse {
  readonly offsets: string;
  readonly indices: string;
  readonly values: string;
  readonly size: number;
  readonly entries: number;
}

const paperSize = { layers: 8, n: 256 };

export const writeMatrices = (path: string, matrices: readonly Matrix[]): void =>
  writeFileSync(
    path,
    Buffer.concat(matrices.map(({ data }) => new Uint8Array(data.buffer, data.byteOffset, data.byteLength))),
  );

/** Seeded, N(0, 0.02^2): the paper's size at its init. */
export const gaussianLayers = (folder: string): BenchMatrices => {
  const { layers, n } = paperSize;
  const random = seededRandom(54, 'bench');
  const path = join(folder, 'gaussian.bin');
  writeMatrices(
    path,
    Array.from({ length: 3 * layers }, () =>
      matrix(
        n,
        n,
        random.normals(n * n).map((x) => 0.02 * x),
      ),
    ),
  );
  return { path, layers, n };
};

/** Those of the run that the last build has published. */
export const trainedLayers = (folder: string, weights: string): BenchMatrices => {
  const layers = attentionWeightsOf(readSafetensors(weights));
  const path = join(folder, 'trained.bin');
  writeMatrices(
    path,
    layers.flatMap(({ q, k, v }) => [q, k, v]),
  );
  return { path, layers: layers.length, n: layers[0]!.q.rows };
};

/** The symmetrised log1p K_2 of Brown over its top tokens, from the paper profile's own stages. */
export const writeCooccurrence = async (folder: string): Promise<BenchSparse> => {
  const root = process.cwd();
  const workshop = createWorkshop(root);
  const { pipeline } = await loadPaper(root, 'paper-54', { profile: 'paper' });
  const stage = stagesInOrder(pipeline).find(({ name }) => name === 'counts')!;
  const files = { counts: { stage, output: 'counts' } };
  const finished = await runPipeline(workshop, { ...pipeline, results: [], files });
  workshop.reporter.close();
  const counts = join(folder, 'counts.safetensors');
  await finished.get('counts')!.copy('counts', counts, 'the bench');
  const m = weightings.log1p(readCounts(counts).topK2);
  const { rows, offsets, indices, values } = sparseMap(sparseAdd(m, sparseTranspose(m)), (x) => x / 2);
  const write = (name: string, data: Int32Array | Float64Array): string => {
    const path = join(folder, `k2.${name}`);
    writeFileSync(path, data);
    return path;
  };
  return {
    offsets: write('offsets', offsets),
    indices: write('indices', indices),
    values: write('values', values),
    size: rows,
    entries: values.length,
  };
};
