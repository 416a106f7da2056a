/** The same question in every other form: weightings of counts, whitened or raw images, both bases. */
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { correlationOf, normalise, standardise } from 'reproducible-paper/numerics/pearson';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { againstNull } from '../controls/against-null.ts';
import { openGaussianDraws } from '../controls/gaussian-draws.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';
import { averagedDraws, standardisedTriple } from './correlate-layers.ts';

const tests = [
  { id: 'q-k2', matrix: 'q', view: 'K_2', transposed: false },
  { id: 'k-k2-t', matrix: 'k', view: 'K_2', transposed: true },
  { id: 'v-k3', matrix: 'v', view: 'K_3', transposed: false },
] as const;

const columns = tests.map(({ id }) => numberColumn(id));
const cosineColumn = numberColumn('cosine-q-k2');
const measured = [...columns, cosineColumn];

const mean = (numbers: readonly number[]): number => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;

export const correlationVariants = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], views: ['views'], gaussian: ['draws'] },
  outputs: { result: 'correlation-variants.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const views = readSafetensors(inputs.views.views);
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const basis = matrixOf(views, 'eigenbasis'); // columns are basis vectors
    const turned = (a: Matrix): Matrix => la.multiply(la.multiply(basis, a, { transposeA: true }), basis);
    const bases = { model: (a: Matrix): Matrix => a, eigenbasis: turned };
    // A Gaussian matrix is one in every orthonormal basis, so its draws serve both.
    const draws = Array.from(openGaussianDraws(inputs.gaussian.draws).triples(), (triple) => ({
      ...standardisedTriple(triple),
      direction: normalise(triple.q),
    }));
    const layersIn = Object.entries(bases).map(([basisName, turn]) => {
      const inBasis = layers.map(({ q, k, v }) => ({ q: turn(q), k: turn(k), v: turn(v) }));
      const standardised = inBasis.map((turned, index) => {
        const of = (matrix: 'q' | 'k' | 'v') =>
          aboutMatrix(`${matrix.toUpperCase()} of layer ${layers[index]!.layer}`, () =>
            standardise(turned[matrix]),
          );
        return { q: of('q'), k: of('k'), v: of('v'), direction: normalise(turned.q) };
      });
      return { basisName, turn, standardised };
    });
    const rows = Object.keys(weightings).flatMap((weighting) =>
      (['whitened', 'raw'] as const).flatMap((image) =>
        layersIn.map(({ basisName, turn, standardised: ofLayers }) => {
          const viewOf = (name: string, transposed: boolean): Matrix => {
            const view = matrixOf(views, `${weighting}.${image}.${name}`);
            return turn(transposed ? transpose(view) : view);
          };
          const figures = tests.map(({ id, matrix, view, transposed }) => {
            const standardised = standardise(viewOf(view, transposed));
            const r = ofLayers.map((layer) => Math.abs(correlationOf(layer[matrix], standardised)));
            const nullR = draws.map((draw) => Math.abs(correlationOf(draw[matrix], standardised)));
            return { [id]: againstNull(mean(r), averagedDraws(layers.map(() => nullR))) };
          });
          const k2 = normalise(viewOf('K_2', false));
          const nullCosine = draws.map(({ direction }) => Math.abs(correlationOf(direction, k2)));
          return {
            weighting,
            image,
            basis: basisName,
            ...Object.assign({}, ...figures),
            'cosine-q-k2': againstNull(
              mean(ofLayers.map(({ direction }) => Math.abs(correlationOf(direction, k2)))),
              averagedDraws(layers.map(() => nullCosine)),
            ),
          };
        }),
      ),
    );
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'correlation-variants',
        run: 'v1, mean over layers',
        keys: ['weighting', 'image', 'basis'],
        columns: [nameColumn('weighting'), nameColumn('image'), nameColumn('basis'), ...measured],
        rows,
        nullDraws: draws.length,
      },
    ]);
  },
});
