/**
 * The shape that most of the paper's tables have: one row a layer, each figure a pure function of that layer's
 * Q, K and V. Beside it stand the same function of Gaussian matrices (null N2, for figures without scale) or of
 * the run's own init (null N1, for norms).
 */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/stage/index.ts';
import type { LinearAlgebra } from '../../../src/numerics/linear-algebra.ts';
import { loadLinearAlgebra } from '../../../src/numerics/load-linear-algebra.ts';
import { readSafetensors, type Safetensors } from '../../../src/numerics/safetensors.ts';
import type { Column } from '../../../src/results/result-schema.ts';
import { drawsOf, type Figures, nullDrawsStage, readNullDraws } from '../controls/null-draws.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';
import { layerColumn, nullColumns, nullFigures, writeResults } from './result-file.ts';

export interface LayerTable {
  readonly id: string;
  readonly columns: readonly Column[];
  /** One layer's figures by column id. */
  readonly figures: (layer: AttentionWeights, la: LinearAlgebra) => Figures;
}

/** @throws whatever `figures` throws, saying which layer it was about */
export const figuresOfLayer = (table: LayerTable, weights: AttentionWeights, la: LinearAlgebra): Figures =>
  aboutMatrix(`table '${table.id}', layer ${weights.layer}`, () => table.figures(weights, la));

const initColumn = (column: Column): Column => ({
  ...column,
  id: `${column.id}-init`,
  label: `${column.label}, at init`,
  beside: { column: column.id, role: 'init' },
});

const rowsOf = (
  table: LayerTable,
  layers: readonly AttentionWeights[],
  la: LinearAlgebra,
  beside: (index: number) => Figures,
) =>
  layers.map((weights, index) => ({
    layer: weights.layer,
    ...figuresOfLayer(table, weights, la),
    ...beside(index),
  }));

/** The run that a file of weights is, as a table names it. */
const runOf = ({ metadata }: Safetensors): string => `${metadata['run']}, seed ${metadata['seed']}`;

/** The null of a table without scale: its figures of Gaussian matrices. */
export const gaussianNullStage = (module: string, table: LayerTable) =>
  nullDrawsStage(module, table.id, (draw, la) => figuresOfLayer(table, draw, la));

/** A table without scale of run V1, beside its null. */
export const layerTableStage = (module: string, table: LayerTable) =>
  defineStage({
    module,
    kind: 'numeric',
    inputs: { v1: ['weights'], null: ['draws'] },
    outputs: { result: `${table.id}.json` },
    params: z.strictObject({}),
    run: async ({ inputs, outputs }) => {
      const weights = readSafetensors(inputs.v1.weights);
      const draws = readNullDraws(inputs.null.draws);
      const nulls: Figures = Object.assign(
        {},
        ...table.columns.map(({ id }) => nullFigures(id, drawsOf(draws, id))),
      );
      writeResults(outputs.result, {
        results: [
          {
            kind: 'table',
            id: table.id,
            run: runOf(weights),
            columns: [layerColumn, ...table.columns, ...table.columns.flatMap(nullColumns)],
            nullModel: `${draws.length} draws of Gaussian matrices of the same shape; the interval holds the middle 95 %`,
            rows: rowsOf(table, attentionWeightsOf(weights), await loadLinearAlgebra(), () => nulls),
          },
        ],
      });
    },
  });

/** A table of norms, beside the same of the run's own init (null N1). */
export const initTableStage = (module: string, table: LayerTable) =>
  defineStage({
    module,
    kind: 'numeric',
    inputs: { v1: ['weights'], init: ['init'] },
    outputs: { result: `${table.id}.json` },
    params: z.strictObject({}),
    run: async ({ inputs, outputs }) => {
      const la = await loadLinearAlgebra();
      const weights = readSafetensors(inputs.v1.weights);
      const atInit = attentionWeightsOf(readSafetensors(inputs.init.init)).map((layer) =>
        Object.fromEntries(
          Object.entries(figuresOfLayer(table, layer, la)).map(([id, figure]) => [`${id}-init`, figure]),
        ),
      );
      writeResults(outputs.result, {
        results: [
          {
            kind: 'table',
            id: table.id,
            run: runOf(weights),
            columns: [layerColumn, ...table.columns, ...table.columns.map(initColumn)],
            nullModel: "the run's own init",
            rows: rowsOf(table, attentionWeightsOf(weights), la, (index) => atInit[index]!),
          },
        ],
      });
    },
  });
