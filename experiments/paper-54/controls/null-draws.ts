/**
 * A null in a stage of its own: a table's figures of Gaussian matrices (null N2), computed once for a shape and read
 * beside every run of that shape.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import type { LinearAlgebra } from 'reproducible-paper/numerics/linear-algebra';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import type { AttentionWeights } from '../model/attention-weights.ts';
import { openGaussianDraws } from './gaussian-draws.ts';

/** Figures by id, of one draw or of one layer. */
export type Figures = Readonly<Record<string, number>>;

const drawsSchema = z.array(z.record(z.string(), z.number())).min(2);

/**
 * A stage that writes the figures of each draw.
 *
 * @param figures a pure function of one triple of matrices, as the table has it
 */
export const nullDrawsStage = (
  module: string,
  table: string,
  figures: (draw: AttentionWeights, la: LinearAlgebra) => Figures,
) =>
  defineStage({
    module,
    kind: 'numeric',
    inputs: { gaussian: ['draws'] },
    outputs: { draws: `${table}-null.json` },
    params: z.strictObject({}),
    run: async ({ inputs, outputs, report }) => {
      const la = await loadLinearAlgebra();
      const draws: Figures[] = [];
      const { count, triples } = openGaussianDraws(inputs.gaussian.draws);
      for (const draw of triples()) {
        draws.push(figures(draw, la));
        report({ done: draws.length, total: count });
      }
      writeFileSync(outputs.draws, JSON.stringify(drawsSchema.parse(draws)));
    },
  });

/** One record a draw. */
export const readNullDraws = (path: string): readonly Figures[] =>
  drawsSchema.parse(JSON.parse(readFileSync(path, 'utf8')));

/** One figure's draws. */
export const drawsOf = (draws: readonly Figures[], id: string): readonly number[] =>
  draws.map((figures) => figures[id]!);
