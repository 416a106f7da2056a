/**
 * Two remarks of the original's discussion, a row a layer. Impedance matching: whether the directions that Q amplifies are
 * those that K does, as the cosine of the traceless parts of Q^T Q and K^T K; of Haar-turned ones its mean is 0 and its
 * variance 2 / ((n - 1)(n + 2)), exactly. And what rotary positions leave of a head's form: the cosine of Q_h^T K_h with
 * Q_h^T R K_h, R the rotation of a distance, mean over heads; of white projections it is the mean of cos(distance theta_j).
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { innerProduct, type Matrix } from 'reproducible-paper/numerics/matrix';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { type Cell, nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type AttentionWeights, attentionWeightsOf, headRows } from '../model/attention-weights.ts';

const traceless = (a: Matrix): Matrix => {
  const n = a.rows;
  let trace = 0;
  for (let i = 0; i < n; i += 1) trace += a.data[i * n + i]!;
  return { ...a, data: a.data.map((x, at) => (at % (n + 1) === 0 ? x - trace / n : x)) };
};

export const gramAlignment = (q: Matrix, k: Matrix, la: LinearAlgebra): number => {
  const [a, b] = [q, k].map((x) => traceless(la.multiply(x, x, { transposeA: true }))) as [Matrix, Matrix];
  return innerProduct(a, b) / Math.sqrt(innerProduct(a, a) * innerProduct(b, b));
};

/** Rows in pairs (2j, 2j + 1), each turned by distance * base^(-2j / dHead) (Su et al. 2021). */
export const rotatedRows = (a: Matrix, distance: number, base: number): Matrix => {
  const { rows: d, cols } = a;
  const data = new Float64Array(a.data.length);
  for (let j = 0; j < d; j += 2) {
    const angle = distance * base ** (-j / d);
    const [c, s] = [Math.cos(angle), Math.sin(angle)];
    for (let at = 0; at < cols; at += 1) {
      const [x, y] = [a.data[j * cols + at]!, a.data[(j + 1) * cols + at]!];
      data[j * cols + at] = c * x - s * y;
      data[(j + 1) * cols + at] = s * x + c * y;
    }
  }
  return { ...a, data };
};

/** cos(Q_h^T K_h, Q_h^T R K_h), mean over heads. */
const rotationCosine = (
  { q, k, nHeads }: AttentionWeights,
  distance: number,
  base: number,
  la: LinearAlgebra,
): number => {
  let sum = 0;
  for (let head = 0; head < nHeads; head += 1) {
    const [qh, kh] = [headRows(q, nHeads, head), headRows(k, nHeads, head)];
    const turned = rotatedRows(kh, distance, base);
    const ofQ = la.multiply(qh, qh, { transposeB: true });
    const product = (a: Matrix, b: Matrix) => innerProduct(ofQ, la.multiply(a, b, { transposeB: true }));
    sum += product(kh, turned) / Math.sqrt(product(kh, kh) * product(turned, turned));
  }
  return sum / nHeads;
};

const whiteCosine = (dHead: number, distance: number, base: number): number => {
  let sum = 0;
  for (let j = 0; j < dHead; j += 2) sum += Math.cos(distance * base ** (-j / dHead));
  return (2 * sum) / dHead;
};

/** Chosen before any was computed. */
const distances = [1, 8, 64] as const;

export const projectionGeometry = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { run: ['weights'] },
  outputs: { result: 'projection-geometry.json' },
  params: z.strictObject({ ropeBase: z.number().positive() }),
  run: async ({ params: { ropeBase }, inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const layers = attentionWeightsOf(readSafetensors(inputs.run.weights));
    const n = layers[0]!.q.cols;
    const dHead = n / layers[0]!.nHeads;
    const sd = Math.sqrt(2 / ((n - 1) * (n + 2)));
    const ofHaar = { mean: 0, sd, low: -1.96 * sd, high: 1.96 * sd };
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'projection-geometry',
        run: 'v1',
        columns: [
          nameColumn('layer'),
          numberColumn('alignment'),
          ...distances.map((distance) => numberColumn(`rotation-${distance}`)),
        ],
        rows: layers.map((layer) => ({
          layer: layer.layer,
          alignment: { value: gramAlignment(layer.q, layer.k, la), null: ofHaar },
          ...Object.fromEntries(
            distances.map((distance): [string, Cell] => [
              `rotation-${distance}`,
              {
                value: rotationCosine(layer, distance, ropeBase, la),
                beside: { white: whiteCosine(dHead, distance, ropeBase) },
              },
            ]),
          ),
        })),
      },
    ]);
  },
});
