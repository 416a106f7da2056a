/**
 * The spectrum of K_2 itself: leading eigenvalues of the symmetrised log1p counts, their share of the whole
 * energy, and how far the counts are from symmetric. Paper 54's appendix.
 */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import {
  type SparseMatrix,
  sparseAdd,
  sparseFrobeniusNorm,
  sparseMap,
  sparseTranspose,
} from '../../../src/tensor/sparse-matrix.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { topEigenpairs } from '../../../src/tensor/top-eigenpairs.ts';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { weightings } from '../cooccurrence/weightings.ts';
import { fixed, numberColumn, wordColumn, writeResults } from './result-file.ts';
import { effectiveRank } from './spectrum.ts';

const negated = (a: SparseMatrix): SparseMatrix => sparseMap(a, (x) => -x);

/** ||M - M^T|| / ||M|| */
const sparseAsymmetry = (m: SparseMatrix): number =>
  sparseFrobeniusNorm(sparseAdd(m, negated(sparseTranspose(m)))) / sparseFrobeniusNorm(m);

export const k2Spectrum = defineStage({
  module: import.meta.url,
  exportName: 'k2Spectrum',
  kind: 'numeric',
  inputs: { counts: ['counts'] },
  outputs: { result: 'k2-spectrum.json' },
  params: z.strictObject({
    /** Leading eigenpairs; single ones near the end of a flat spectrum mean nothing. */
    eigenpairs: z.int().positive().default(256),
    seed: z.int().nonnegative().default(54),
  }),
  run: async ({ params: { eigenpairs, seed }, inputs, outputs }) => {
    const la = await tensorflowLinearAlgebra();
    const { topK2 } = readCounts(inputs.counts.counts);
    const m = weightings.log1p(topK2);
    const transposed = sparseTranspose(m);
    const symmetric = sparseMap(sparseAdd(m, transposed), (x) => x / 2);
    const { values } = topEigenpairs([symmetric], eigenpairs, la, { seed });
    const energy = sparseFrobeniusNorm(symmetric) ** 2;
    const energyOf = (k: number): number => values.slice(0, k).reduce((sum, x) => sum + x * x, 0) / energy;
    // Singular values of M itself: eigenvalues of M^T M are their squares.
    const gram = topEigenpairs([transposed, m], eigenpairs, la, { seed });
    const sigma = gram.values.map((x) => Math.sqrt(Math.max(0, x)));
    const sigmaEnergy = sigma.reduce((sum, x) => sum + x * x, 0) / sparseFrobeniusNorm(m) ** 2;
    const measures: Readonly<Record<string, number>> = {
      'lambda-1': Math.abs(values[0]!),
      'energy-8': energyOf(8),
      'energy-32': energyOf(32),
      'energy-128': energyOf(128),
      'energy-256': energyOf(256),
      'effective-rank-of-leading': effectiveRank(values.map(Math.abs), 'K_2'),
      'sigma-1': sigma[0]!,
      'sigma-energy-256': sigmaEnergy,
      'asymmetry-of-counts': sparseAsymmetry(topK2),
      'asymmetry-of-log1p': sparseAsymmetry(m),
    };
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'k2-spectrum',
          run: null,
          columns: [wordColumn('measure', 'measure'), numberColumn('value', 'value', fixed(3))],
          rows: Object.entries(measures).map(([measure, value]) => ({ measure, value })),
          nullModel: null,
        },
      ],
    });
  },
});
