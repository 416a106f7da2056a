/**
 * Invariants 1, 3 and 4 of one run against what they must leave: its own init (N1), Gaussian matrices (N2), and its own
 * spectra turned by Haar matrices (N4), of the whole forms and of the heads that attention uses. Turning cannot change a
 * spectrum, so N4 says nothing of invariant 1; norms, invariant 2, have N1 alone.
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import {
  type NullSummary,
  nameColumn,
  numberColumn,
  type Row,
  writeResults,
} from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readGaussianNull, summariesOf } from '../controls/gaussian-null.ts';
import { cellOf, type NullCell } from '../controls/null-cell.ts';
import { readSpectraNulls, type SpectraNulls } from '../controls/spectra-nulls.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { asymmetryTable } from './asymmetry.ts';
import { headTable } from './asymmetry-by-head.ts';
import { gaussianTables } from './gaussian-figures.ts';
import { figuresOfLayer } from './layer-table.ts';
import { lowRankFormTable, lowRankKernelTable } from './low-rank-kernel.ts';
import { mean } from './mean.ts';
import { headTwinningTable, twinningOfHead } from './twinning-figures.ts';

type NullsOfLayer = SpectraNulls['layers'][number];

/** What Gaussian matrices give for a table, by column. */
type OfGaussian = Readonly<Record<string, NullSummary>>;

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
  gaussian: OfGaussian,
  { layer }: NullsOfLayer,
): Row => {
  const ofGaussian = gaussian['effective-rank']!;
  return {
    matrix,
    layer,
    'effective-rank': cellOf(rank, 'below'),
    'gaussian-rank': ofGaussian.mean,
    'gaussian-to-spectra': ofGaussian.mean - rank.mean,
    'spectra-to-observed': rank.mean - rank.value,
    'init-rank': init['effective-rank']!,
    'top-8-energy': cellOf(energy, 'above'),
    'gaussian-top-8': gaussian['top-8-energy']!.mean,
  };
};

/** Heads of a layer, each against its own spectra turned within its own dimensions. */
const headsRow = (nulls: NullsOfLayer, gaussian: OfGaussian): Row => {
  const ranks = headCells(nulls, 'effective-rank');
  const ofGaussian = gaussian['effective-rank']!.mean;
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
  gaussian: OfGaussian,
): Row => {
  const rho = cellAt(nulls.whole, 'rho');
  const heads = headCells(nulls, 'rho');
  const ofGaussian = gaussian['rho']!;
  return {
    layer: nulls.layer,
    rho: cellOf(rho, 'either'),
    'antisymmetric-energy': (1 - rho.value) / 2,
    'gaussian-rho-low': ofGaussian.low,
    'gaussian-rho-high': ofGaussian.high,
    'init-rho': init['rho']!,
    'real-fraction': cellOf(cellAt(nulls.whole, 'real-fraction'), 'either'),
    'gaussian-real': gaussian['real-fraction']!.mean,
    'heads-rho': mean(heads.map(({ value }) => value)),
    'heads-more-symmetric': heads.filter(({ value, high }) => value > high).length,
    'heads-less-symmetric': heads.filter(({ value, low }) => value < low).length,
  };
};

const twinsRow = (weights: AttentionWeights, gaussian: OfGaussian, la: LinearAlgebra): Row => {
  const heads = Array.from({ length: weights.nHeads }, (_, head) => twinningOfHead(weights, head, la));
  const high = gaussian['kl-q-k']!.high;
  return {
    layer: weights.layer,
    'kl-q-k': mean(heads.map((figures) => figures['kl-q-k']!)),
    'kl-q-v': mean(heads.map((figures) => figures['kl-q-v']!)),
    'gaussian-kl': gaussian['kl-q-k']!.mean,
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
    const { layers, draws, eigenvalueDraws } = readSpectraNulls(inputs.nulls.nulls, weights, la);
    const kept = readGaussianNull(inputs.gaussian.figures);
    const figures = gaussianTables(la);
    const ofGaussian = (table: string): OfGaussian => summariesOf(kept, table, figures[table]!);
    const [ofHeads, ofForms, ofTwins] = [headTable, asymmetryTable.id, headTwinningTable].map(ofGaussian) as [
      OfGaussian,
      OfGaussian,
      OfGaussian,
    ];
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
        ).flatMap(([matrix, prefix, table]) => {
          const gaussian = ofGaussian(table.id);
          return layers.map((nulls, at) =>
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
          );
        }),
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
        rows: layers.map((nulls) => headsRow(nulls, ofHeads)),
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
          asymmetryRow(nulls, figuresOfLayer(asymmetryTable, inits[at]!, la), ofForms),
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
        rows: weights.map((layer) => twinsRow(layer, ofTwins, la)),
      },
      { kind: 'value', id: 'eigenvalue-draws', unit: 'draws', value: eigenvalueDraws },
    ]);
  },
});
