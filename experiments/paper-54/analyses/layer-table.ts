/**
 * The shape that most of the paper's tables have: one row a layer, each figure a pure function of that layer's
 * Q, K and V. Beside it stand the same function of Gaussian matrices (null N2, for figures without scale) or of
 * the run's own init (null N1, for norms: see init-table.ts).
 */
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors, type Safetensors } from 'reproducible-paper/numerics/safetensors';
import { type Cell, type Column, nameColumn, type Row, writeResults } from 'reproducible-paper/results';
import { defineStage, type Progress } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type Figures, readGaussianNull, summariesOf } from '../controls/gaussian-null.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';

export interface LayerTable {
  readonly id: string;
  readonly columns: readonly Column[];
  /** One layer's figures by column id. */
  readonly figures: (layer: AttentionWeights, la: LinearAlgebra) => Figures;
}

/** @throws whatever `figures` throws, saying which layer it was about */
export const figuresOfLayer = (table: LayerTable, weights: AttentionWeights, la: LinearAlgebra): Figures =>
  aboutMatrix(`table '${table.id}', layer ${weights.layer}`, () => table.figures(weights, la));

/** @param held a figure with what stands beside it */
export const rowsOf = (
  table: LayerTable,
  layers: readonly AttentionWeights[],
  la: LinearAlgebra,
  report: (progress: Progress) => void,
  held: (id: string, figure: number, index: number) => Cell,
): readonly Row[] =>
  layers.map((weights, index) => {
    const figures = Object.entries(figuresOfLayer(table, weights, la));
    report({ done: index + 1, total: layers.length });
    return {
      layer: weights.layer,
      ...Object.fromEntries(figures.map(([id, figure]) => [id, held(id, figure, index)])),
    };
  });

/** The run that a file of weights is, as a table names it. */
export const runOf = ({ metadata }: Safetensors): string => String(metadata['run']);

/** A table without scale of run V1, beside its null. */
export const layerTableStage = (module: string, table: LayerTable) =>
  defineStage({
    module,
    kind: 'numeric',
    inputs: { v1: ['weights'], null: ['figures'] },
    outputs: { result: `${table.id}.json` },
    params: z.strictObject({}),
    run: async ({ inputs, outputs, report }) => {
      const weights = readSafetensors(inputs.v1.weights);
      const la = await loadLinearAlgebra();
      const kept = readGaussianNull(inputs.null.figures);
      const nulls = summariesOf(kept, table.id, (draw) => figuresOfLayer(table, draw, la));
      writeResults(outputs.result, [
        {
          kind: 'table',
          id: table.id,
          run: runOf(weights),
          columns: [nameColumn('layer'), ...table.columns],
          nullDraws: kept.draws,
          rows: [
            ...rowsOf(table, attentionWeightsOf(weights), la, report, (id, value) => ({
              value,
              null: nulls[id]!,
            })),
          ],
        },
      ]);
    },
  });
