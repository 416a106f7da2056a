/**
 * T6 of one seed as it is found here: every cosine, and what seeds are pooled by, computed from the weights and put in the
 * place of what `formNulls` kept of them; the draws stay as they were kept.
 */
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import {
  float64Of,
  readSafetensors,
  type Safetensors,
  type Tensor,
  tensorOf,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { type FormNullName, formNullNames, formParams, observedCosines } from './form-nulls.ts';
import { openFormSpaces, spaceInputs } from './form-spaces.ts';
import { type Observed, statistics } from './null-summary.ts';
import { poolHeads } from './pool-heads.ts';
import { type FormNullsRead, readFormNulls } from './read-form-nulls.ts';

/** The same tensor of other numbers. */
const filled = (file: Safetensors, name: string, data: Float64Array): Tensor => {
  const { dtype, shape } = tensorOf(file, name);
  return { dtype, shape, data: dtype === 'F32' ? Float32Array.from(data) : data };
};

/** The statistics of every test, the observed one, which comes first, computed anew [tests, statistics, 1 + draws]. */
const pooledAnew = (
  before: Float64Array,
  observed: Observed,
  kept: FormNullsRead,
  name: FormNullName,
): Float64Array => {
  const pooled = before.slice();
  for (const test of observed[0]!.keys()) {
    if (!kept.cell(name, 0, test, 0)) continue;
    const found = poolHeads(
      kept.nLayers,
      kept.nHeads,
      (layer, head) => observed[layer]![test]![head]! - kept.cell(name, layer, test, head)!.mean,
    );
    found.forEach((figure, at) => {
      pooled[(test * statistics.length + at) * (1 + kept.draws)] = figure;
    });
  }
  return pooled;
};

/** What `formNulls` kept, with what is observed in the place of what was. */
export const withObserved = (path: string, observed: Observed): Readonly<Record<string, Tensor>> => {
  const kept = readFormNulls(path);
  const file = readSafetensors(path);
  const cosines = Float64Array.from(observed.flatMap((of) => of.flatMap((x) => Array.from(x))));
  const pooled = formNullNames.map((name) => {
    const tensor = `${name}.pooled`;
    return [tensor, filled(file, tensor, pooledAnew(float64Of(file, tensor), observed, kept, name))] as const;
  });
  return {
    ...Object.fromEntries(file.tensors),
    observed: filled(file, 'observed', cosines),
    ...Object.fromEntries(pooled),
  };
};

export const formFound = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: { ...spaceInputs, nulls: ['nulls'] },
  outputs: { nulls: 'form-found.safetensors' },
  params: z.strictObject({ deltas: formParams.deltas }),
  run: async ({ params: { deltas }, inputs, outputs, report }) => {
    const la = await loadLinearAlgebra();
    const { problem } = openFormSpaces(inputs, deltas);
    const total = problem.posed.length;
    const observed = problem.posed.flatMap((posed, layer) => {
      report({ done: layer, total });
      return observedCosines({ ...problem, posed: [posed] }, la);
    });
    writeSafetensors(
      outputs.nulls,
      withObserved(inputs.nulls.nulls, observed),
      readSafetensors(inputs.nulls.nulls).metadata,
    );
  },
});
