/** The matrices that both sides are given, as files of float64 numbers, row-major. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { add, type Matrix, matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { mlMatrixLinearAlgebra } from 'reproducible-paper/numerics/ml-matrix-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { seededRandom } from 'reproducible-paper/numerics/seeded-random';
import { sparseAdd, sparseMap, sparseTranspose } from 'reproducible-paper/numerics/sparse-matrix';
import { stagesInOrder } from 'reproducible-paper/stage';
import { loadPaper } from '../../../../src/cli/load-paper.ts';
import { createWorkshop } from '../../../../src/cli/workshop.ts';
import { runPipeline } from '../../../../src/engine/index.ts';
import { readCounts } from '../../cooccurrence/read-counts.ts';
import { weightings } from '../../cooccurrence/weightings.ts';
import { attentionWeightsOf } from '../../model/attention-weights.ts';

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

/** What all analyses of one seed are given, [n, n] matrices in files. */
export interface BenchAnalyses {
  readonly n: number;
  readonly heads: number;
  readonly v1: string;
  readonly v1Init: string;
  readonly sft: string;
  readonly sftInit: string;
  readonly draws: string;
  readonly corpusViews: string;
  readonly attentionViews: string;
  readonly variants: string;
  readonly bases: string;
}

const paperSize = { layers: 8, n: 256, heads: 8 };

/** Triples of which a null is made: so many on either side. */
const nullDraws = 99;

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

/** Seeded Gaussian matrices in every place, the bases orthonormal: what an analysis costs does not depend on them. */
export const writeAnalyses = (folder: string): BenchAnalyses => {
  const { layers, n, heads } = paperSize;
  const write = (name: string, count: number): string => {
    const random = seededRandom(54, `bench/${name}`);
    const path = join(folder, `${name}.bin`);
    writeMatrices(
      path,
      Array.from({ length: count }, () => matrix(n, n, random.normals(n * n))),
    );
    return path;
  };
  const bases = join(folder, 'bases.bin');
  writeMatrices(
    bases,
    [1, 2].map((seed) => {
      const a = matrix(n, n, seededRandom(seed, 'bench/basis').normals(n * n));
      return mlMatrixLinearAlgebra.symmetricEigen(add(a, transpose(a))).vectors;
    }),
  );
  return {
    n,
    heads,
    v1: write('v1', 3 * layers),
    v1Init: write('v1-init', 3 * layers),
    sft: write('sft', 3 * layers),
    sftInit: write('sft-init', 3 * layers),
    draws: write('draws', 3 * nullDraws),
    corpusViews: write('corpus-views', 7),
    attentionViews: write('attention-views', layers),
    variants: write('variants', 12),
    bases,
  };
};

/** The symmetrised log1p K_2 of Brown over its top tokens, from the paper profile's own stages. */
export const writeCooccurrence = async (folder: string): Promise<BenchSparse> => {
  const root = process.cwd();
  const workshop = createWorkshop(root);
  const { pipeline } = await loadPaper(root, 'paper-54', 'paper');
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
