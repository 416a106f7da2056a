/**
 * The shape that most of the paper's tables have: one row a layer, each figure a pure function of that layer's
 * Q, K and V. Beside it stand the same function of Gaussian matrices (null N2, for figures without scale) or of
 * the run's own init (null N1, for norms).
 */
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { PaperError } from '../../../src/engine/paper-error.ts';
import type { Column } from '../../../src/results/result-schema.ts';
import type { LinearAlgebra } from '../../../src/tensor/linear-algebra.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { tensorflowLinearAlgebra } from '../../../src/tensor/tensorflow-linear-algebra.ts';
import { gaussianTriples } from '../controls/gaussian-null.ts';
import { type AttentionWeights, attentionWeightsOf } from '../model/attention-weights.ts';
import { layerColumn, nullColumns, nullFigures, writeResults } from './result-file.ts';

/** One layer's figures by column id. */
export type LayerFigures = Readonly<Record<string, number>>;

export interface LayerTable {
  readonly id: string;
  readonly columns: readonly Column[];
  readonly figures: (layer: AttentionWeights, la: LinearAlgebra) => LayerFigures;
  /** What stands beside the figures. */
  readonly control: 'gaussian' | 'init';
}

export const nullParams = z.strictObject({
  /** Gaussian triples that a null is made of. */
  nullDraws: z.int().min(2).default(99),
  nullSeed: z.int().nonnegative().default(54),
});

/** @throws whatever `figures` throws, saying which layer it was about */
export const figuresOfLayer = (
  table: LayerTable,
  weights: AttentionWeights,
  la: LinearAlgebra,
): LayerFigures => {
  try {
    return table.figures(weights, la);
  } catch (error) {
    if (!(error instanceof PaperError)) throw error;
    throw new PaperError(error.name, error.message, {
      hint: error.hint,
      details: [...error.details, `in table '${table.id}', layer ${weights.layer}`],
    });
  }
};

const initColumn = (column: Column): Column => ({
  ...column,
  id: `${column.id}-init`,
  label: `${column.label}, at init`,
  beside: { column: column.id, role: 'init' },
});

const suffixed = (figures: LayerFigures, suffix: string): LayerFigures =>
  Object.fromEntries(Object.entries(figures).map(([id, value]) => [`${id}-${suffix}`, value]));

/** The null of each column over the draws, as the columns that stand beside it. */
const gaussianFigures = (
  table: LayerTable,
  draws: readonly AttentionWeights[],
  la: LinearAlgebra,
): LayerFigures => {
  const figures = draws.map((draw) => figuresOfLayer(table, draw, la));
  return Object.assign(
    {},
    ...table.columns.map(({ id }) =>
      nullFigures(
        id,
        figures.map((row) => row[id]!),
      ),
    ),
  );
};

/** A stage that writes one layer table of run v1. */
export const layerTableStage = (module: string, exportName: string, table: LayerTable) =>
  defineStage({
    module,
    exportName,
    kind: 'numeric',
    inputs: { v1: ['weights', 'init'] },
    outputs: { result: `${table.id}.json` },
    params: nullParams,
    run: async ({ params, inputs, outputs }) => {
      const la = await tensorflowLinearAlgebra();
      const weights = readSafetensors(inputs.v1.weights);
      const layers = attentionWeightsOf(weights);
      const init = attentionWeightsOf(readSafetensors(inputs.v1.init));
      const { q, nHeads } = layers[0]!;
      const gaussian = table.control === 'gaussian';
      const nullFigures = gaussian
        ? gaussianFigures(table, gaussianTriples(q.rows, nHeads, params.nullDraws, params.nullSeed), la)
        : {};
      writeResults(outputs.result, {
        results: [
          {
            kind: 'table',
            id: table.id,
            run: `${weights.metadata['run']}, seed ${weights.metadata['seed']}`,
            columns: [
              layerColumn,
              ...table.columns,
              ...table.columns.flatMap((column) => (gaussian ? nullColumns(column) : [initColumn(column)])),
            ],
            nullModel: gaussian
              ? `${params.nullDraws} draws of Gaussian matrices of the same shape; the interval holds the middle 95 %`
              : "the run's own init",
            rows: layers.map((layer, index) => ({
              layer: layer.layer,
              ...figuresOfLayer(table, layer, la),
              ...(gaussian ? nullFigures : suffixed(figuresOfLayer(table, init[index]!, la), 'init')),
            })),
          },
        ],
      });
    },
  });
