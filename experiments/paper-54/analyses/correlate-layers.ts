/** Correlations of Q, K and V of every layer with every view, and the same of Gaussian matrices (null N2). */
import { identity, type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { correlationOf, type Standardised, standardise } from 'reproducible-paper/numerics/pearson';
import { matrixOf, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { z } from 'zod';
import { type AttentionWeights, matrixNames } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';

/** Views by column id. */
type Views = Readonly<Record<string, Standardised>>;

/** @param about where they come from, for the reader of an error */
const standardisedViews = (named: Readonly<Record<string, Matrix>>, about: string): Views =>
  Object.fromEntries(
    Object.entries(named).map(([id, view]) => [
      id,
      aboutMatrix(`view '${id}' of ${about}`, () => standardise(view)),
    ]),
  );

/** The views that the paper tests, with the third of our own. */
const viewsOfCorpus = (views: Safetensors): Views => {
  const k2 = matrixOf(views, 'K_2');
  return standardisedViews(
    {
      k2,
      'k2-t': matrixOf(views, 'K_2_T'),
      k3: matrixOf(views, 'K_3'),
      'k3-skip': matrixOf(views, 'K_3_skip'),
      ete: matrixOf(views, 'EtE'),
      identity: identity(k2.rows),
      window: matrixOf(views, 'K_window'),
    },
    'the corpus',
  );
};

/** The views that a layer's own attention weighs. */
const viewsOfLayer = (views: Safetensors, layer: number): Views => {
  const attention = matrixOf(views, `K_2_attention_weighted.${layer}`);
  return standardisedViews(
    { 'k2-attention': attention, 'k2-attention-t': transpose(attention) },
    `layer ${layer}`,
  );
};

const layerCorrelationsSchema = z.array(
  z.object({
    layer: z.int().nonnegative(),
    matrix: z.enum(matrixNames),
    /** View id -> r. */
    r: z.record(z.string(), z.number()),
    /** One a draw: a Gaussian matrix in the place of Q, K or V. */
    nullDraws: z.array(z.record(z.string(), z.number())),
  }),
);

export type LayerCorrelations = z.output<typeof layerCorrelationsSchema>[number];
type Correlations = LayerCorrelations['r'];

/** What one analysis found and another one sums up. */
export const parseLayerCorrelations = (text: string): readonly LayerCorrelations[] =>
  layerCorrelationsSchema.parse(JSON.parse(text));

const correlationsWith = (a: Standardised, views: Views): Correlations =>
  Object.fromEntries(Object.entries(views).map(([id, view]) => [id, correlationOf(a, view)]));

/** A triple made ready to be correlated with many views. */
export const standardisedTriple = ({ q, k, v }: AttentionWeights) => ({
  q: standardise(q),
  k: standardise(k),
  v: standardise(v),
});

/** @param draws Gaussian triples of the layers' shape */
export const correlateLayers = (
  layers: readonly AttentionWeights[],
  views: Safetensors,
  draws: Iterable<AttentionWeights>,
): readonly LayerCorrelations[] => {
  const ofCorpus = viewsOfCorpus(views);
  const ofLayers = layers.map(({ layer }) => viewsOfLayer(views, layer));
  /** r of one matrix with all views of each layer: [layer] */
  const everyLayer = (a: Standardised): readonly Correlations[] => {
    const withCorpus = correlationsWith(a, ofCorpus);
    return ofLayers.map((ofLayer) => ({ ...withCorpus, ...correlationsWith(a, ofLayer) }));
  };
  const drawn = Array.from(draws, (triple) => {
    const draw = standardisedTriple(triple);
    return { q: everyLayer(draw.q), k: everyLayer(draw.k), v: everyLayer(draw.v) };
  });
  return layers.flatMap((weights, index) =>
    matrixNames.map((matrix) => {
      const name = `${matrix.toUpperCase()} of layer ${weights.layer}`;
      const a = aboutMatrix(name, () => standardise(weights[matrix]));
      return {
        layer: weights.layer,
        matrix,
        r: { ...correlationsWith(a, ofCorpus), ...correlationsWith(a, ofLayers[index]!) },
        nullDraws: drawn.map((draw) => draw[matrix][index]!),
      };
    }),
  );
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
