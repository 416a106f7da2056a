/**
 * How much of the stream that enters a layer is still the token it stands at. Forms on tokens take for granted that a
 * token's direction lives on in the stream; only layer 0 reads the embedding itself.
 */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { loadLinearAlgebra } from '../../../src/numerics/load-linear-algebra.ts';
import { innerProduct, type Matrix, matrix } from '../../../src/numerics/matrix.ts';
import { readSafetensors } from '../../../src/numerics/safetensors.ts';
import { nameColumn, numberColumn, writeResults } from '../../../src/results/index.ts';
import { nativeKernels } from '../../../src/tensor/native-kernels.ts';
import { modelShape } from '../model/model-shape.ts';
import { readParameters } from '../model/parameters.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { batchAt, tiledStarts } from '../training/batches.ts';
import { requireRank } from './require-rank.ts';
import { residualStreams } from './residual-streams.ts';

/** Windows that a forward pass takes at once. */
const windowsAtOnce = 8;

/** Rows divided by their root mean square, as the next layer sees them; then less the mean row: [rows, n]. */
const normalisedRows = (a: Matrix): Matrix => {
  const { rows, cols, data } = a;
  const unit = new Float64Array(data.length);
  const mean = new Float64Array(cols);
  for (let i = 0; i < rows; i += 1) {
    let squares = 0;
    for (let j = 0; j < cols; j += 1) squares += data[i * cols + j]! ** 2;
    for (let j = 0; j < cols; j += 1) {
      unit[i * cols + j] = data[i * cols + j]! / Math.sqrt(squares / cols);
      mean[j]! += unit[i * cols + j]! / rows;
    }
  }
  return matrix(
    rows,
    cols,
    unit.map((x, at) => x - mean[at % cols]!),
  );
};

/** Of what is explained by so many free numbers a position, what is more than their fit to noise (Ezekiel 1930). */
const adjusted = (share: number, positions: number, free: number): number =>
  1 - ((1 - share) * (positions - 1)) / (positions - free - 1);

/**
 * Shares of the stream's variance over positions.
 *
 * @param stream [positions, n]
 * @param rows each position's row of wte [positions, n]
 * @param ids each position's token [positions]
 * @throws RankDeficient
 */
export const identityShares = (stream: Matrix, rows: Matrix, ids: Int32Array, la: LinearAlgebra) => {
  const x = normalisedRows(stream);
  const e = normalisedRows(rows);
  const { rows: positions, cols: n } = x;
  const total = innerProduct(x, x);
  const { values, vectors } = la.symmetricEigen(la.multiply(e, e, { transposeA: true }));
  requireRank(values);
  const along = la.multiply(vectors, la.multiply(e, x, { transposeA: true }), { transposeA: true }); // V^T E^T X
  const explained = along.data.reduce((sum, y, at) => sum + (y * y) / values[Math.floor(at / n)]!, 0);
  const places = new Map<number, number[]>();
  ids.forEach((id, at) => {
    places.set(id, [...(places.get(id) ?? []), at]);
  });
  let between = 0;
  for (const at of places.values()) {
    for (let j = 0; j < n; j += 1) {
      const sum = at.reduce((total, place) => total + x.data[place * n + j]!, 0);
      between += (sum * sum) / at.length;
    }
  }
  return {
    'same-direction': innerProduct(x, e) ** 2 / (total * innerProduct(e, e)),
    'linear-map': adjusted(explained / total, positions, n),
    token: adjusted(between / total, positions, places.size - 1),
  };
};

export const streamIdentity = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { tokens: ['tokens'], v1: ['weights'] },
  outputs: { result: 'stream-identity.json' },
  params: z.strictObject({
    shape: modelShape,
    /** Windows of training text, from the first on. */
    windows: z.int().positive().default(32),
  }),
  run: async ({ params: { shape, windows }, inputs, outputs }) => {
    const { vocabSize, part } = openTokens(inputs.tokens.tokens);
    const train = part('train');
    const { contextLength, dModel: n, nLayers } = shape;
    const parameters = readParameters(readSafetensors(inputs.v1.weights), shape, vocabSize);
    const starts = tiledStarts(train.length, contextLength).slice(0, windows);
    const batches = Array.from(
      { length: Math.ceil(starts.length / windowsAtOnce) },
      (_, at) =>
        batchAt(train, starts.slice(at * windowsAtOnce, (at + 1) * windowsAtOnce), contextLength).ids,
    );
    const ids = Int32Array.from(batches.flatMap((batch) => [...batch]));
    const streams = Array.from({ length: nLayers }, () => new Float64Array(ids.length * n));
    residualStreams(nativeKernels(), shape, vocabSize, parameters, batches, (layer, batch, stream) =>
      streams[layer]!.set(stream, batch * windowsAtOnce * contextLength * n),
    );
    const wte = parameters.get('wte.weight')!;
    const rows = matrix(
      ids.length,
      n,
      Float64Array.from({ length: ids.length * n }, (_, at) => wte[ids[Math.floor(at / n)]! * n + (at % n)]!),
    );
    const la = await loadLinearAlgebra();
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'stream-identity',
        run: 'v1',
        columns: [
          nameColumn('layer'),
          numberColumn('same-direction'),
          numberColumn('linear-map'),
          numberColumn('token'),
        ],
        rows: streams.map((stream, layer) => ({
          layer,
          ...identityShares(matrix(ids.length, n, stream), rows, ids, la),
        })),
      },
      { kind: 'value', id: 'stream-positions', unit: null, value: ids.length },
    ]);
  },
});
