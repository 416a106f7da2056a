/**
 * How much of Q, K and V lies in bands of a corpus eigenbasis: ||Q U_b||^2 / ||Q||^2, mean over layers. Uniform
 * energy is in proportion to a band's width. Paper 54, "different layers use different bands".
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { innerProduct, type Matrix, transpose } from 'reproducible-paper/numerics/matrix';
import { matrixOf, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import { bandLaw } from '../controls/band-law.ts';
import { type AttentionWeights, attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';

/** The paper's bands of 256 dimensions, as shares of the width. */
const bands = [
  { band: '0-32', start: 0, end: 1 / 8 },
  { band: '32-64', start: 1 / 8, end: 1 / 4 },
  { band: '64-128', start: 1 / 4, end: 1 / 2 },
  { band: '128-256', start: 1 / 2, end: 1 },
] as const;

/** Energy of a in each band of the basis (columns of u): [band], summing to one. @throws ZeroMatrix */
export const bandEnergies = (a: Matrix, u: Matrix, la: LinearAlgebra): readonly number[] => {
  const turned = la.multiply(a, u); // [n, n]
  const n = u.cols;
  const columnEnergy = new Float64Array(n);
  for (let i = 0; i < turned.rows; i += 1) {
    for (let j = 0; j < n; j += 1) columnEnergy[j]! += turned.data[i * n + j]! ** 2;
  }
  const total = innerProduct(a, a);
  if (!(total > 0)) {
    throw new PaperError('ZeroMatrix', 'a matrix of zeros has no energy to share among bands.', {
      details: ['expected a positive Frobenius norm; received 0'],
      hint: 'check the run that the weights come from: a trained projection is never zero.',
    });
  }
  return bands.map(
    ({ start, end }) => columnEnergy.subarray(start * n, end * n).reduce((sum, x) => sum + x, 0) / total,
  );
};

const columns = matrixNames.map((name) => numberColumn(name));

const rowsOf = (
  layers: readonly AttentionWeights[],
  u: Matrix,
  la: LinearAlgebra,
  side: (a: Matrix) => Matrix = (a) => a,
) => {
  const energies = Object.fromEntries(
    matrixNames.map((name) => [
      name,
      layers.map((weights) =>
        aboutMatrix(`${name.toUpperCase()} of layer ${weights.layer}`, () =>
          bandEnergies(side(weights[name]), u, la),
        ),
      ),
    ]),
  );
  return bands.map(({ band, start, end }, index) => ({
    band,
    dimensions: `${start * u.cols} to ${end * u.cols - 1}`,
    uniform: end - start,
    ...Object.fromEntries(
      matrixNames.map((name) => [
        name,
        {
          value: energies[name]!.reduce((sum, bandsOf) => sum + bandsOf[index]!, 0) / layers.length,
          null: bandLaw(end - start, u.cols ** 2, layers.length),
        },
      ]),
    ),
  }));
};

export const bandEnergy = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], views: ['views'] },
  outputs: { result: 'band-energy.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const views = readSafetensors(inputs.views.views);
    const layers = attentionWeightsOf(readSafetensors(inputs.v1.weights));
    const table = (id: string, basis: string, side?: (a: Matrix) => Matrix) => ({
      kind: 'table' as const,
      id,
      run: 'v1, mean over layers',
      columns: [nameColumn('band'), nameColumn('dimensions'), ...columns, numberColumn('uniform')],
      rows: rowsOf(layers, matrixOf(views, basis), la, side),
    });
    writeResults(outputs.result, [
      table('band-energy', 'eigenbasis'),
      // ||U^T Q||: what Q writes, where the tables before it have what Q reads. The original does not say which it took.
      table('band-energy-output', 'eigenbasis', transpose),
      table('band-energy-ete', 'EtE.eigenbasis'),
    ]);
  },
});
