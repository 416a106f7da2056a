/** Correlations of Q, K and V of every layer with every view. */
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

const attentionView = 'K_2_attention_weighted.';

/** The views that a layer's own attention weighs. */
const viewsOfLayer = (views: Safetensors, layer: number): Views => {
  const attention = matrixOf(views, `${attentionView}${layer}`);
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
  }),
);

export type LayerCorrelations = z.output<typeof layerCorrelationsSchema>[number];
type Correlations = LayerCorrelations['r'];

/** What one analysis found and another one sums up. */
export const parseLayerCorrelations = (text: string): readonly LayerCorrelations[] =>
  layerCorrelationsSchema.parse(JSON.parse(text));

const correlationsWith = (a: Standardised, views: Views): Correlations =>
  Object.fromEntries(Object.entries(views).map(([id, view]) => [id, correlationOf(a, view)]));

/**
 * A layer's matrices made ready to be correlated, by which an error is told.
 *
 * @param run for the reader of an error, for example `v1`
 * @throws ConstantMatrix naming matrix, layer and run
 */
export const standardisedLayer = (weights: AttentionWeights, run: string) => {
  const of = (name: (typeof matrixNames)[number]): Standardised =>
    aboutMatrix(`${name.toUpperCase()} of layer ${weights.layer}, ${run}`, () => standardise(weights[name]));
  return { q: of('q'), k: of('k'), v: of('v') };
};

/** @param onLayer is told how many layers are done */
export const correlateLayers = (
  layers: readonly AttentionWeights[],
  views: Safetensors,
  onLayer: (done: number) => void = () => {},
): readonly LayerCorrelations[] => {
  const ofCorpus = viewsOfCorpus(views);
  return layers.flatMap((weights, index) => {
    const ofLayer = viewsOfLayer(views, weights.layer);
    const found = matrixNames.map((matrix) => {
      const name = `${matrix.toUpperCase()} of layer ${weights.layer}`;
      const a = aboutMatrix(name, () => standardise(weights[matrix]));
      return {
        layer: weights.layer,
        matrix,
        r: { ...correlationsWith(a, ofCorpus), ...correlationsWith(a, ofLayer) },
      };
    });
    onLayer(index + 1);
    return found;
  });
};
