/**
 * The views in the series' own form (Papers 55 and 57: row-normalised, P(next | token); Papers 57 and 65: the raw image
 * E^T M E of the embedding as it is) beside ours (log counts, centred rows, whitened), and what each is: how much of it is
 * one direction, how nearly its views are one test, and mean |r| of Q, K and V with it, whose law for independent
 * matrices is known.
 */
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { frobeniusNorm, innerProduct, type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { correlationOf, pearson, standardise } from 'reproducible-paper/numerics/pearson';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { type SparseMatrix, sparseMap, sparseRowSums } from 'reproducible-paper/numerics/sparse-matrix';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { againstLaw, meanAbsLaw } from '../controls/exact-correlation.ts';
import { inverseRoot, rawImage, whiten } from '../cooccurrence/model-space.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { type AttentionWeights, attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { imageFigures } from './image-figures.ts';

/** P(column | row); a token without a successor has none. */
export const rowNormalised = (counts: SparseMatrix): SparseMatrix => {
  const sums = sparseRowSums(counts);
  return sparseMap(counts, (count, row) => count / sums[row]!);
};

const meanAbs = (layers: readonly AttentionWeights[], name: 'q' | 'k' | 'v', view: Matrix): number => {
  const standard = standardise(view);
  return (
    layers.reduce((sum, layer) => sum + Math.abs(correlationOf(standardise(layer[name]), standard)), 0) /
    layers.length
  );
};

/** Uncentred cosine of flattened matrices. */
const cosine = (a: Matrix, b: Matrix): number => innerProduct(a, b) / (frobeniusNorm(a) * frobeniusNorm(b));

export const seriesViews = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { counts: ['counts'], run: ['weights'], embedding: ['embedding'] },
  outputs: { result: 'series-views.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const counts = readCounts(inputs.counts.counts);
    const layers = attentionWeightsOf(readSafetensors(inputs.run.weights));
    const file = readSafetensors(inputs.embedding.embedding);
    const [centred, rows] = [matrixOf(file, 'embedding'), matrixOf(file, 'rows')];
    const gram = (e: Matrix): Matrix => la.multiply(e, e, { transposeA: true });
    const whitening = inverseRoot(gram(centred), la);
    const views = { k2: counts.topK2, k3: counts.topK3Skip, window: counts.topWindow };
    const forms = {
      ours: (m: SparseMatrix) => whiten(rawImage(weightings.log1p(m), centred, la), whitening, la),
      'ours-raw': (m: SparseMatrix) => rawImage(weightings.log1p(m), centred, la),
      'series-centred': (m: SparseMatrix) => rawImage(rowNormalised(m), centred, la),
      series: (m: SparseMatrix) => rawImage(rowNormalised(m), rows, la),
    };
    const law = meanAbsLaw(rows.cols ** 2, layers.length);
    const table = Object.entries(forms).flatMap(([form, imageOf]): Row[] => {
      const images = Object.fromEntries(Object.entries(views).map(([id, m]) => [id, imageOf(m)]));
      const ete = gram(form === 'series' ? rows : centred);
      const all: Readonly<Record<string, Matrix>> = { ...images, 'k2-t': transpose(images['k2']!), ete };
      return Object.entries(all).map(([view, image]) => ({
        form,
        view,
        ...imageFigures(image, la),
        'r-with-k2': pearson(image, all['k2']!),
        'r-with-ete': pearson(image, ete),
        ...Object.fromEntries(
          matrixNames.map((name) => {
            const value = meanAbs(layers, name, image);
            return [`abs-r-${name}`, { value, null: againstLaw(value, law) }];
          }),
        ),
        'cosine-kernel': rootMeanSquare(
          layers.map(({ q, k }) => cosine(la.multiply(q, k, { transposeB: true }), image)),
        ),
        'cosine-form': rootMeanSquare(
          layers.map(({ q, k }) => cosine(la.multiply(q, k, { transposeA: true }), image)),
        ),
      }));
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
