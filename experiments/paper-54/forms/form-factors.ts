/**
 * What a head does to pairs of tokens, as two factors: the attention form B_h(Delta) = Q_h^T R_Delta K_h (row: the later
 * token, column: the earlier one, Delta positions before) and the copying form O_h V_h (row: what is written at the later
 * token, column: the earlier token). The gain of ln_1 is folded into whatever reads the stream. Biases are left out.
 */
import { type Matrix, matrix, sliceRows, transpose } from '../../../src/numerics/matrix.ts';
import { float64Of, matrixOf, type Safetensors } from '../../../src/numerics/safetensors.ts';

/** Head h's form is left_h^T R_Delta right_h, of its rows of both. */
export interface FormFactors {
  readonly layer: number;
  readonly nHeads: number;
  /** [n, n]; rows: head dimensions, columns: the stream */
  readonly left: Matrix;
  /** [n, n] */
  readonly right: Matrix;
  /** theta_j = base^(-2j / dHead) of each plane of two rows [n / 2] (Su et al. 2021); zeros where nothing turns. */
  readonly angles: Float64Array;
}

/** Columns times the gain: what the projection makes of a normalised stream. */
const withGain = (projection: Matrix, gain: Float64Array): Matrix =>
  matrix(
    projection.rows,
    projection.cols,
    projection.data.map((x, at) => x * gain[at % projection.cols]!),
  );

const planeAngles = (n: number, nHeads: number, base: number): Float64Array => {
  const dHead = n / nHeads;
  return Float64Array.from({ length: n / 2 }, (_, plane) => base ** (-(2 * (plane % (dHead / 2))) / dHead));
};

export interface LayerForms {
  readonly layer: number;
  readonly qk: FormFactors;
  readonly ov: FormFactors;
}

/**
 * Both forms of every layer.
 *
 * @throws TensorMissing where a reduced run lacks `attn.c_proj` or `ln_1`
 */
export const layerFormsOf = (weights: Safetensors): readonly LayerForms[] => {
  const nHeads = Number(weights.metadata['nHeads']);
  const base = Number(weights.metadata['ropeBase']);
  return Array.from({ length: Number(weights.metadata['nLayers']) }, (_, layer) => {
    const joined = matrixOf(weights, `blocks.${layer}.attn.c_attn.weight`); // [3n, n]
    const output = matrixOf(weights, `blocks.${layer}.attn.c_proj.weight`); // [n, n]
    const gain = float64Of(weights, `blocks.${layer}.ln_1.weight`); // [n]
    const n = joined.cols;
    const [q, k, v] = [0, 1, 2].map((part) => withGain(sliceRows(joined, part * n, (part + 1) * n), gain));
    return {
      layer,
      qk: { layer, nHeads, left: q!, right: k!, angles: planeAngles(n, nHeads, base) },
      ov: { layer, nHeads, left: transpose(output), right: v!, angles: new Float64Array(n / 2) },
    };
  });
};

/**
 * R_Delta right: every plane of two rows turned by -Delta theta, since a key that stands Delta before its query has been
 * turned by so much less.
 */
export const turnPlanes = (right: Matrix, angles: Float64Array, delta: number): Matrix => {
  const { rows, cols, data } = right;
  const turned = new Float64Array(data.length);
  for (let plane = 0; plane < rows / 2; plane += 1) {
    const cos = Math.cos(delta * angles[plane]!);
    const sin = -Math.sin(delta * angles[plane]!);
    const x = 2 * plane * cols;
    const y = x + cols;
    for (let j = 0; j < cols; j += 1) {
      turned[x + j] = cos * data[x + j]! - sin * data[y + j]!;
      turned[y + j] = sin * data[x + j]! + cos * data[y + j]!;
    }
  }
  return { rows, cols, data: turned };
};
