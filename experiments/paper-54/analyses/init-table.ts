/** A table of norms, beside the same of the run's own init (null N1): Gaussian matrices have no scale to hold it against. */
import { readFileSync, writeFileSync } from 'node:fs';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, writeResults } from 'reproducible-paper/results';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { attentionWeightsOf } from '../model/attention-weights.ts';
import { figuresOfLayer, type LayerTable, rowsOf, runOf } from './layer-table.ts';

const atInitSchema = z.array(z.record(z.string(), z.number()));

/** A table's figures of a run's own init, by layer: of 40 MB the table needs some numbers. */
export const initFiguresStage = (module: string, table: LayerTable) =>
  defineStage({
    module,
    kind: 'numeric',
    inputs: { init: ['init'] },
    outputs: { figures: `${table.id}-init.json` },
    params: z.strictObject({}),
    run: async ({ inputs, outputs }) => {
      const la = await loadLinearAlgebra();
      const figures = attentionWeightsOf(readSafetensors(inputs.init.init)).map((layer) =>
        figuresOfLayer(table, layer, la),
      );
      writeFileSync(outputs.figures, JSON.stringify(figures));
    },
  });

export const initTableStage = (module: string, table: LayerTable) =>
  defineStage({
    module,
    kind: 'numeric',
    inputs: { v1: ['weights'], init: ['figures'] },
    outputs: { result: `${table.id}.json` },
    params: z.strictObject({}),
    run: async ({ inputs, outputs, report }) => {
      const la = await loadLinearAlgebra();
      const weights = readSafetensors(inputs.v1.weights);
      const atInit = atInitSchema.parse(JSON.parse(readFileSync(inputs.init.figures, 'utf8')));
      writeResults(outputs.result, [
        {
          kind: 'table',
          id: table.id,
          run: runOf(weights),
          columns: [nameColumn('layer'), ...table.columns],
          rows: [
            ...rowsOf(table, attentionWeightsOf(weights), la, report, (id, value, index) => ({
              value,
              beside: { init: atInit[index]![id]! },
            })),
          ],
        },
      ]);
    },
  });
