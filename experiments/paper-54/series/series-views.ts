/**
 * The views in the series' own form (Papers 55 and 57: row-normalised, P(next | token); Papers 57 and 65: the raw image
 * E^T M E of the embedding as it is) beside ours (log counts, centred rows, whitened), and what each is: how much of it is
 * one direction, how nearly its views are one test, and mean |r| of Q, K and V with it, whose law for independent
 * matrices is known.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { frobeniusNorm, innerProduct, type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { correlationOf, type Standardised, standardise } from 'reproducible-paper/numerics/pearson';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { type SparseMatrix, sparseMap, sparseRowSums } from 'reproducible-paper/numerics/sparse-matrix';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { againstLaw, meanAbsLaw } from '../controls/exact-correlation.ts';
import { inverseRoot, rawImage, whiten } from '../cooccurrence/model-space.ts';
import { openCounts } from '../cooccurrence/open-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { type AttentionWeights, attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { imageFigures } from './image-figures.ts';

/** P(column | row); a token without a successor has none. */
export const rowNormalised = (counts: SparseMatrix): SparseMatrix => {
  const sums = sparseRowSums(counts);
  return sparseMap(counts, (count, row) => count / sums[row]!);
};

/** A matrix and its norm. */
interface Measured {
  readonly matrix: Matrix;
  readonly norm: number;
}

const measured = (a: Matrix): Measured => ({ matrix: a, norm: frobeniusNorm(a) });

/** Uncentred cosine of flattened matrices. */
const cosine = (a: Measured, b: Measured): number => innerProduct(a.matrix, b.matrix) / (a.norm * b.norm);

/** What every view is held against, made ready once. */
interface ReadyLayer {
  readonly standard: Readonly<Record<(typeof matrixNames)[number], Standardised>>;
  /** Q K^T */
  readonly kernel: Measured;
  /** Q^T K */
  readonly form: Measured;
}

const readyLayer = ({ q, k, v }: AttentionWeights, la: LinearAlgebra): ReadyLayer => ({
  standard: { q: standardise(q), k: standardise(k), v: standardise(v) },
  kernel: measured(la.multiply(q, k, { transposeB: true })),
  form: measured(la.multiply(q, k, { transposeA: true })),
});

const meanAbs = (
  layers: readonly ReadyLayer[],
  name: keyof ReadyLayer['standard'],
  view: Standardised,
): number =>
  layers.reduce((sum, { standard }) => sum + Math.abs(correlationOf(standard[name], view)), 0) /
  layers.length;

export const seriesViews = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'], run: ['weights'], embedding: ['embedding'] },
  outputs: { result: 'series-views.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const { topPairs } = openCounts(inputs.counts.counts);
    const layers = attentionWeightsOf(readSafetensors(inputs.run.weights)).map((of) => readyLayer(of, la));
    const file = readSafetensors(inputs.embedding.embedding);
    const [centred, rows] = [matrixOf(file, 'embedding'), matrixOf(file, 'rows')];
    const gram = (e: Matrix): Matrix => la.multiply(e, e, { transposeA: true });
    const whitening = inverseRoot(gram(centred), la);
    const views = { k2: topPairs('k2'), k3: topPairs('k3-skip'), window: topPairs('window') };
    type Images = Readonly<Record<keyof typeof views, Matrix>>;
    const imagesOf = (imageOf: (m: SparseMatrix, view: keyof typeof views) => Matrix): Images => ({
      k2: imageOf(views.k2, 'k2'),
      k3: imageOf(views.k3, 'k3'),
      window: imageOf(views.window, 'window'),
    });
    const raw = imagesOf((m) => rawImage(weightings.log1p(m), centred, la));
    const forms: Readonly<Record<string, Images>> = {
      ours: imagesOf((_, view) => whiten(raw[view], whitening, la)),
      'ours-raw': raw,
      'series-centred': imagesOf((m) => rawImage(rowNormalised(m), centred, la)),
      series: imagesOf((m) => rawImage(rowNormalised(m), rows, la)),
    };
    const law = meanAbsLaw(rows.cols ** 2, layers.length);
    const table = Object.entries(forms).flatMap(([form, images]): Row[] => {
      const ete = gram(form === 'series' ? rows : centred);
      const [ofK2, ofEte] = [standardise(images.k2), standardise(ete)];
      return Object.entries({ ...images, 'k2-t': transpose(images.k2), ete }).map(([view, image]) => {
        const standard = standardise(image);
        const ofImage = measured(image);
        return {
          form,
          view,
          ...imageFigures(image, la),
          'r-with-k2': correlationOf(standard, ofK2),
          'r-with-ete': correlationOf(standard, ofEte),
          ...Object.fromEntries(
            matrixNames.map((name) => {
              const value = meanAbs(layers, name, standard);
              return [`abs-r-${name}`, { value, null: againstLaw(value, law) }];
            }),
          ),
          'cosine-kernel': rootMeanSquare(layers.map(({ kernel }) => cosine(kernel, ofImage))),
          'cosine-form': rootMeanSquare(layers.map((of) => cosine(of.form, ofImage))),
        };
      });
    });
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'series-views',
        run: 'v1',
        keys: ['form', 'view'],
        columns: [
          nameColumn('form'),
          nameColumn('view'),
          ...[
            'rank-one-share',
            'participation',
            'symmetric-participation',
            'antisymmetric-participation',
            'r-with-k2',
            'r-with-ete',
            'abs-r-q',
            'abs-r-k',
            'abs-r-v',
            'cosine-kernel',
            'cosine-form',
          ].map((id) => numberColumn(id)),
        ],
        rows: table,
      },
    ]);
  },
});

const rootMeanSquare = (figures: readonly number[]): number =>
  Math.sqrt(figures.reduce((sum, x) => sum + x * x, 0) / figures.length);
