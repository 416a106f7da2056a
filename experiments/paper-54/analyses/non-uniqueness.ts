/**
 * How far CT+SFT moved from its init, ||W_end - W_init|| / ||W_init||, and whether it ends where V1 does:
 * Pearson r of flattened matrices. Beside them V1's own drift, and as positive control the correlation of V1
 * with its own init. Paper 54, invariant 5.
 */
import { writeFileSync } from 'node:fs';
import { frobeniusNorm, type Matrix, subtract } from 'reproducible-paper/numerics/matrix';
import { correlationOf, standardise } from 'reproducible-paper/numerics/pearson';
import { readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { nameColumn, numberColumn, writeResults } from 'reproducible-paper/results';
import { defineStage, PaperError } from 'reproducible-paper/stage';
import { z } from 'zod';
import { meanLaw } from '../controls/exact-correlation.ts';
import { attentionWeightsOf, matrixNames } from '../model/attention-weights.ts';
import { aboutMatrix } from './about-matrix.ts';
import { type LayerCorrelations, standardisedLayer } from './correlate-layers.ts';

/** Drift relative to the init's norm, its absolute numerator, and that norm. @throws ZeroMatrix */
export const driftOf = (
  end: Matrix,
  init: Matrix,
): { readonly relative: number; readonly absolute: number; readonly initNorm: number } => {
  const absolute = frobeniusNorm(subtract(end, init));
  const initNorm = frobeniusNorm(init);
  if (initNorm > 0) return { relative: absolute / initNorm, absolute, initNorm };
  throw new PaperError('ZeroMatrix', 'the init is zero, so that no drift is relative to it.', {
    details: ['expected a positive Frobenius norm; received 0'],
    hint: 'check the run: a projection that starts at zero has an absolute drift only.',
  });
};

const upper = (name: string): string => name.toUpperCase();

const driftColumns = matrixNames.map((name) => numberColumn(`drift-${name}`));
const absoluteColumns = matrixNames.map((name) => numberColumn(`drift-${name}-absolute`));
const initNormColumns = matrixNames.map((name) => numberColumn(`init-norm-${name}`));
const v1Columns = matrixNames.map((name) => numberColumn(`v1-drift-${name}`));
const correlationColumns = matrixNames.map((name) => numberColumn(`corr-${name}`));
const controlColumns = matrixNames.map((name) => numberColumn(`init-corr-${name}`));

export const nonUniqueness = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { v1: ['weights'], v1Init: ['weights'], ctSft: ['weights'], ctInit: ['weights'] },
  outputs: { result: 'non-uniqueness.json', found: 'non-uniqueness-found.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const read = (path: string) => attentionWeightsOf(readSafetensors(path));
    const v1 = read(inputs.v1.weights);
    const v1Init = read(inputs.v1Init.weights);
    const sft = read(inputs.ctSft.weights);
    const sftInit = read(inputs.ctInit.weights);
    const targets = v1.map((weights) => standardisedLayer(weights, 'v1'));
    const found = v1.flatMap(({ layer }, index) =>
      matrixNames.map((matrix): LayerCorrelations => {
        const r = correlationOf(standardise(sft[index]![matrix]), targets[index]![matrix]);
        return { layer, matrix, r: { v1: r } };
      }),
    );
    writeFileSync(outputs.found, JSON.stringify(found));
    const rows = v1.map(({ layer, ...weights }, index) => ({
      layer,
      ...Object.assign(
        {},
        ...found
          .filter((correlation) => correlation.layer === layer)
          .map(({ matrix: name, r }) => {
            const drift = aboutMatrix(`${upper(name)} of layer ${layer}, ct-sft`, () =>
              driftOf(sft[index]![name], sftInit[index]![name]),
            );
            const init = v1Init[index]![name];
            const law = meanLaw(init.data.length, 1);
            return {
              [`drift-${name}`]: drift.relative,
              [`drift-${name}-absolute`]: drift.absolute,
              [`init-norm-${name}`]: drift.initNorm,
              [`v1-drift-${name}`]: driftOf(weights[name], init).relative,
              [`corr-${name}`]: { value: r['v1']!, null: law },
              [`init-corr-${name}`]: {
                value: correlationOf(targets[index]![name], standardise(init)),
                null: law,
              },
            };
          }),
      ),
    }));
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'non-uniqueness',
        run: 'ct-sft against v1',
        columns: [
          nameColumn('layer'),
          ...driftColumns,
          ...correlationColumns,
          ...absoluteColumns,
          ...initNormColumns,
          ...v1Columns,
          ...controlColumns,
        ],
        rows,
      },
    ]);
  },
});
