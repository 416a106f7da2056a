/**
 * How far CT+SFT moved from its init, ||W_end - W_init|| / ||W_init||, and whether it ends where V1 does:
 * Pearson r of flattened matrices. Beside them V1's own drift, and as positive control the correlation of V1
 * with its own init. Paper 54, invariant 5.
 */
import { writeFileSync } from 'node:fs';
import { defineStage } from '../../../src/engine/define-stage.ts';
import type { Matrix } from '../../../src/tensor/linear-algebra.ts';
import { frobeniusNorm, subtract } from '../../../src/tensor/matrix.ts';
import { readSafetensors } from '../../../src/tensor/safetensors.ts';
import { nullParams } from '../controls/null-draws.ts';
import { attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { type LayerCorrelations, standardisedDraws } from './correlate-layers.ts';
import { correlationOf, standardise } from './pearson.ts';
import {
  fixed,
  layerColumn,
  nullColumns,
  nullFigures,
  numberColumn,
  signed,
  writeResults,
} from './result-file.ts';

/** Drift relative to the init's norm, and its absolute numerator. */
export const driftOf = (
  end: Matrix,
  init: Matrix,
): { readonly relative: number; readonly absolute: number } => {
  const absolute = frobeniusNorm(subtract(end, init));
  return { relative: absolute / frobeniusNorm(init), absolute };
};

const upper = (name: string): string => name.toUpperCase();

const driftColumns = matrixNames.map((name) =>
  numberColumn(`drift-${name}`, `drift of $${upper(name)}$`, fixed(3)),
);
const absoluteColumns = matrixNames.map((name) =>
  numberColumn(`drift-${name}-absolute`, `$\\lVert\\Delta ${upper(name)}\\rVert$`, fixed(2)),
);
const v1Columns = matrixNames.map((name) =>
  numberColumn(`v1-drift-${name}`, `V1's drift of $${upper(name)}$`, fixed(3)),
);
const correlationColumns = matrixNames.map((name) =>
  numberColumn(`corr-${name}`, `$r$ of $${upper(name)}$ with V1`, signed(4)),
);
const controlColumns = matrixNames.map((name) =>
  numberColumn(`init-corr-${name}`, `$r$ of V1's $${upper(name)}$ with its init`, signed(2)),
);

export const nonUniqueness = defineStage({
  module: import.meta.url,
  exportName: 'nonUniqueness',
  kind: 'numeric',
  inputs: { v1: ['weights'], v1Init: ['init'], ctSft: ['weights'], ctInit: ['init'] },
  outputs: { result: 'non-uniqueness.json', found: 'non-uniqueness-found.json' },
  params: nullParams,
  run: ({ params, inputs, outputs }) => {
    const read = (path: string) => attentionWeightsOf(readSafetensors(path));
    const v1 = read(inputs.v1.weights);
    const v1Init = read(inputs.v1Init.init);
    const sft = read(inputs.ctSft.weights);
    const sftInit = read(inputs.ctInit.init);
    const targets = v1.map((layer) => ({
      q: standardise(layer.q),
      k: standardise(layer.k),
      v: standardise(layer.v),
    }));
    const drawn = Array.from(
      standardisedDraws(v1[0]!.q.rows, v1[0]!.nHeads, params.nullDraws, params.nullSeed),
      (draw) => targets.map((target) => matrixNames.map((name) => correlationOf(draw[name], target[name]))),
    ); // [draw][layer][matrix]
    const found = v1.flatMap(({ layer }, index) =>
      matrixNames.map((matrix, place): LayerCorrelations => {
        const r = correlationOf(standardise(sft[index]![matrix]), targets[index]![matrix]);
        return {
          layer,
          matrix,
          r: { v1: r },
          nullDraws: drawn.map((draw) => ({ v1: draw[index]![place]! })),
        };
      }),
    );
    writeFileSync(outputs.found, JSON.stringify(found));
    const rows = v1.map(({ layer, ...weights }, index) => ({
      layer,
      ...Object.assign(
        {},
        ...found
          .filter((correlation) => correlation.layer === layer)
          .map(({ matrix: name, r, nullDraws }) => {
            const drift = driftOf(sft[index]![name], sftInit[index]![name]);
            const init = v1Init[index]![name];
            return {
              [`drift-${name}`]: drift.relative,
              [`drift-${name}-absolute`]: drift.absolute,
              [`v1-drift-${name}`]: driftOf(weights[name], init).relative,
              [`corr-${name}`]: r['v1']!,
              ...nullFigures(
                `corr-${name}`,
                nullDraws.map((draw) => draw['v1']!),
              ),
              [`init-corr-${name}`]: correlationOf(targets[index]![name], standardise(init)),
            };
          }),
      ),
    }));
    writeResults(outputs.result, {
      results: [
        {
          kind: 'table',
          id: 'non-uniqueness',
          run: 'ct-sft against v1',
          columns: [
            layerColumn,
            ...driftColumns,
            ...correlationColumns,
            ...absoluteColumns,
            ...v1Columns,
            ...controlColumns,
            ...correlationColumns.flatMap(nullColumns),
          ],
          rows,
          nullModel: `${params.nullDraws} Gaussian matrices in the place of CT+SFT's; the interval holds the middle 95 %`,
        },
      ],
    });
  },
});
