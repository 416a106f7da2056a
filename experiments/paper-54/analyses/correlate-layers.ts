/** Correlations of Q, K and V of every layer with every view, and the same of Gaussian matrices (null N2). */
import type { Matrix } from '../../../src/tensor/linear-algebra.ts';
import { identity, transpose } from '../../../src/tensor/matrix.ts';
import { matrixOf, type Safetensors } from '../../../src/tensor/safetensors.ts';
import { gaussianTriples } from '../controls/gaussian-null.ts';
import { type AttentionWeights, matrixNames } from '../model/attention-weights.ts';
import { correlationOf, type Standardised, standardise } from './pearson.ts';

export type MatrixName = (typeof matrixNames)[number];

/** Views of a layer by column id. */
type Views = Readonly<Record<string, Standardised>>;

/** The views that the paper tests, with the third of our own and the attention-weighted ones of a layer. */
const viewsOfLayer = (views: Safetensors, layer: number): Views => {
  const attention = matrixOf(views, `K_2_attention_weighted.${layer}`);
  const named: Readonly<Record<string, Matrix>> = {
    k2: matrixOf(views, 'K_2'),
    'k2-t': matrixOf(views, 'K_2_T'),
    k3: matrixOf(views, 'K_3'),
    'k3-skip': matrixOf(views, 'K_3_skip'),
    ete: matrixOf(views, 'EtE'),
    identity: identity(attention.rows),
    window: matrixOf(views, 'K_window'),
    'k2-attention': attention,
    'k2-attention-t': transpose(attention),
  };
  return Object.fromEntries(Object.entries(named).map(([id, view]) => [id, standardise(view)]));
};

/** r[view] of one matrix. */
export type Correlations = Readonly<Record<string, number>>;

const correlationsWith = (a: Matrix, views: Views): Correlations => {
  const standardised = standardise(a);
  return Object.fromEntries(
    Object.entries(views).map(([id, view]) => [id, correlationOf(standardised, view)]),
  );
};

export interface LayerCorrelations {
  readonly layer: number;
  readonly matrix: MatrixName;
  readonly r: Correlations;
  /** One a draw: a Gaussian matrix in the place of Q, K or V. */
  readonly nullDraws: readonly Correlations[];
}

export const correlateLayers = (
  layers: readonly AttentionWeights[],
  views: Safetensors,
  { nullDraws, nullSeed }: { readonly nullDraws: number; readonly nullSeed: number },
): readonly LayerCorrelations[] => {
  const { q, nHeads } = layers[0]!;
  const draws = gaussianTriples(q.rows, nHeads, nullDraws, nullSeed).map((triple) => ({
    q: standardise(triple.q),
    k: standardise(triple.k),
    v: standardise(triple.v),
  }));
  return layers.flatMap((weights) => {
    const ofLayer = viewsOfLayer(views, weights.layer);
    return matrixNames.map((matrix) => ({
      layer: weights.layer,
      matrix,
      r: correlationsWith(weights[matrix], ofLayer),
      nullDraws: draws.map((draw) =>
        Object.fromEntries(
          Object.entries(ofLayer).map(([id, view]) => [id, correlationOf(draw[matrix], view)]),
        ),
      ),
    }));
  });
};

/**
 * The null of an average over layers: draw i of layer l is draw i + l, so that each average is over different
 * Gaussian matrices.
 *
 * @param draws [layer][draw]
 */
export const averagedDraws = (draws: readonly (readonly number[])[]): readonly number[] =>
  (draws[0] ?? []).map(
    (_, i) => draws.reduce((sum, ofLayer, l) => sum + ofLayer[(i + l) % ofLayer.length]!, 0) / draws.length,
  );
