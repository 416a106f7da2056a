/**
 * Invariants 1, 3 and 4 of one run against what they must leave: its own init (N1), Gaussian matrices (N2), and its own
 * spectra turned by Haar matrices (N4), of the whole forms and of the heads that attention uses. Turning cannot change a
 * spectrum, so N4 says nothing of invariant 1; norms, invariant 2, have N1 alone.
 */

import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type GaussianFigures, gaussianSummary, readGaussianFigures } from '../controls/gaussian-figures.ts';
import { cellOf, type NullCell } from '../controls/null-cell.ts';
import { readSpectraNulls, type SpectraNulls } from '../controls/spectra-nulls.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { asymmetryTable } from './asymmetry.ts';
import { figuresOfLayer } from './layer-table.ts';
import { lowRankFormTable, lowRankKernelTable } from './low-rank-kernel.ts';
import { mean } from './mean.ts';
import { twinningOfHead } from './twinning-figures.ts';

type NullsOfLayer = SpectraNulls['layers'][number];

const cellAt = (cells: Readonly<Record<string, NullCell>>, id: string): NullCell => {
  const found = cells[id];
  if (!found) throw new Error(`internal: no draws of ${id}`);
  return found;
};

const headCells = ({ heads }: NullsOfLayer, id: string): readonly NullCell[] =>
  heads.map((cells) => cellAt(cells, id));

const rankRow = (
  matrix: string,
  { rank, energy }: { readonly rank: NullCell; readonly energy: NullCell },
  init: Readonly<Record<string, number>>,
  gaussian: GaussianFigures,
  { layer }: NullsOfLayer,
): Row => {
  const ofGaussian = gaussianSummary(gaussian, 'effective-rank');
  return {
    matrix,
    layer,
    'effective-rank': cellOf(rank, 'below'),
    'gaussian-rank': ofGaussian.mean,
    'gaussian-to-spectra': ofGaussian.mean - rank.mean,
    'spectra-to-observed': rank.mean - rank.value,
    'init-rank': init['effective-rank']!,
    'top-8-energy': cellOf(energy, 'above'),
    'gaussian-top-8': gaussianSummary(gaussian, 'top-8-energy').mean,
  };
};

/** Heads of a layer, each against its own spectra turned within its own dimensions. */
const headsRow = (nulls: NullsOfLayer, gaussian: GaussianFigures): Row => {
  const ranks = headCells(nulls, 'effective-rank');
  const ofGaussian = gaussianSummary(gaussian, 'head-effective-rank').mean;
  const turned = mean(ranks.map((cell) => cell.mean));
  const observed = mean(ranks.map(({ value }) => value));
  return {
    layer: nulls.layer,
    'effective-rank': observed,
    'turned-rank': turned,
    'gaussian-rank': ofGaussian,
    'gaussian-to-spectra': ofGaussian - turned,
    'spectra-to-observed': turned - observed,
    'heads-below': ranks.filter(({ value, low }) => value < low).length,
  };
};

const asymmetryRow = (
  nulls: NullsOfLayer,
  init: Readonly<Record<string, number>>,
  gaussian: GaussianFigures,
): Row => {
  const rho = cellAt(nulls.whole, 'rho');
  const heads = headCells(nulls, 'rho');
  const ofGaussian = gaussianSummary(gaussian, 'rho');
  return {
    layer: nulls.layer,
    rho: cellOf(rho, 'either'),
    'antisymmetric-energy': (1 - rho.value) / 2,
    'gaussian-rho-low': ofGaussian.low,
    'gaussian-rho-high': ofGaussian.high,
    'init-rho': init['rho']!,
    'real-fraction': cellOf(cellAt(nulls.whole, 'real-fraction'), 'either'),
    'gaussian-real': gaussianSummary(gaussian, 'real-fraction').mean,
    'heads-rho': mean(heads.map(({ value }) => value)),
    'heads-more-symmetric': heads.filter(({ value, high }) => value > high).length,
    'heads-less-symmetric': heads.filter(({ value, low }) => value < low).length,
  };
};

const twinsRow = (weights: AttentionWeights, gaussian: GaussianFigures, la: LinearAlgebra): Row => {
  const heads = Array.from({ length: weights.nHeads }, (_, head) => twinningOfHead(weights, head, la));
  const high = gaussianSummary(gaussian, 'head-kl-q-k').high;
  return {
    layer: weights.layer,
    'kl-q-k': mean(heads.map((figures) => figures['kl-q-k']!)),
    'kl-q-v': mean(heads.map((figures) => figures['kl-q-v']!)),
    'gaussian-kl': gaussianSummary(gaussian, 'head-kl-q-k').mean,
    'heads-nearer': heads.filter((figures) => figures['kl-q-k']! < figures['kl-q-v']!).length,
    'heads-apart': heads.filter((figures) => figures['kl-q-k']! > high).length,
    heads: weights.nHeads,
  };
};

const numbers = (...ids: readonly string[]) => ids.map((id) => numberColumn(id));
const layerColumn = nameColumn('layer');

export const invariantsAgainstNulls = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { run: ['weights'], init: ['init'], nulls: ['nulls'], gaussian: ['figures'] },
  outputs: { result: 'invariants-against-nulls.json' },
  params: z.strictObject({}),
  run: async ({ inputs, outputs }) => {
    const la = await loadLinearAlgebra();
    const weights = attentionWeightsOf(readSafetensors(inputs.run.weights));
    const inits = attentionWeightsOf(readSafetensors(inputs.init.init));
    const { layers, draws } = readSpectraNulls(inputs.nulls.nulls, weights, la);
    const gaussian = readGaussianFigures(inputs.gaussian.figures, la);
    const run = 'v1';
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'low-rank-nulls',
        run,
        keys: ['matrix', 'layer'],
        nullDraws: draws,
        columns: [
          nameColumn('matrix'),
          layerColumn,
          ...numbers(
            'effective-rank',
            'gaussian-rank',
            'gaussian-to-spectra',
            'spectra-to-observed',
            'init-rank',
            'top-8-energy',
            'gaussian-top-8',
          ),
        ],
        rows: (
          [
            ['Q K^T', '', lowRankKernelTable],
            ['Q^T K', 'form-', lowRankFormTable],
          ] as const
        ).flatMap(([matrix, prefix, table]) =>
          layers.map((nulls, at) =>
            rankRow(
              matrix,
              {
                rank: cellAt(nulls.whole, `${prefix}effective-rank`),
                energy: cellAt(nulls.whole, `${prefix}top-8-energy`),
              },
              figuresOfLayer(table, inits[at]!, la),
              gaussian,
              nulls,
            ),
          ),
        ),
      },
      {
        kind: 'table',
        id: 'low-rank-heads',
        run,
        columns: [
          layerColumn,
          ...numbers(
            'effective-rank',
            'turned-rank',
            'gaussian-rank',
            'gaussian-to-spectra',
            'spectra-to-observed',
            'heads-below',
          ),
        ],
        rows: layers.map((nulls) => headsRow(nulls, gaussian)),
      },
      {
        kind: 'table',
        id: 'asymmetry-nulls',
        run,
        nullDraws: draws,
        columns: [
          layerColumn,
          ...numbers(
            'rho',
            'antisymmetric-energy',
            'gaussian-rho-low',
            'gaussian-rho-high',
            'init-rho',
            'real-fraction',
            'gaussian-real',
            'heads-rho',
            'heads-more-symmetric',
            'heads-less-symmetric',
          ),
        ],
        rows: layers.map((nulls, at) =>
          asymmetryRow(nulls, figuresOfLayer(asymmetryTable, inits[at]!, la), gaussian),
        ),
      },
      {
        kind: 'table',
        id: 'twinning-heads',
        run,
        columns: [
          layerColumn,
          ...numbers('kl-q-k', 'kl-q-v', 'gaussian-kl', 'heads-nearer', 'heads-apart', 'heads'),
        ],
        rows: weights.map((layer) => twinsRow(layer, gaussian, la)),
      },
    ]);
  },
});
