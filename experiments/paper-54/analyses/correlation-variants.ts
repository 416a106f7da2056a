/** The same question in every other form: weightings of counts, whitened or raw images, both bases. */

import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { correlationOf, normalise, standardise } from 'reproducible-paper/numerics/pearson';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { type Cell, nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { againstLaw, type MeanAbsLaw, meanAbsLaw } from '../controls/exact-correlation.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';
import { mean } from './mean.ts';

const tests = [
  { id: 'q-k2', matrix: 'q', view: 'K_2', transposed: false },
  { id: 'k-k2-t', matrix: 'k', view: 'K_2', transposed: true },
  { id: 'v-k3', matrix: 'v', view: 'K_3', transposed: false },
] as const;

const columns = tests.map(({ id }) => numberColumn(id));
const cosineColumn = numberColumn('cosine-q-k2');
const measured = [...columns, cosineColumn];

export const correlationVariants = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], views: ['views'] },
  outputs: { result: 'correlation-variants.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const views = readSafetensors(inputs.views.views);
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const basis = matrixOf(views, 'eigenbasis'); // columns are basis vectors
    const turned = (a: Matrix): Matrix => la.multiply(la.multiply(basis, a, { transposeA: true }), basis);
    const bases = { model: (a: Matrix): Matrix => a, eigenbasis: turned };
    // A Gaussian matrix is one in every orthonormal basis, so that one law serves both; a cosine is not centred.
    const entries = basis.data.length;
    const [lawOfR, lawOfCosine] = [
      meanAbsLaw(entries, layers.length),
      meanAbsLaw(entries + 1, layers.length),
    ];
    const held = (value: number, law: MeanAbsLaw): Cell => ({ value, null: againstLaw(value, law) });
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
            return { [id]: held(mean(r), lawOfR) };
          });
          const k2 = normalise(viewOf('K_2', false));
          return {
            weighting,
            image,
            basis: basisName,
            ...Object.assign({}, ...figures),
            'cosine-q-k2': held(
              mean(ofLayers.map(({ direction }) => Math.abs(correlationOf(direction, k2)))),
              lawOfCosine,
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
      },
    ]);
  },
});
