/**
 * The positive control through training: small models that start from K_2 planted at each strength, and from none, trained
 * as V1 is at their size, and what T6 says of each after some of its steps. Too long for a build, which makes the first
 * steps of one of them again.
 */
import { existsSync, renameSync } from 'node:fs';
import { join } from 'node:path';
import { loadLinearAlgebra } from 'reproducible-paper/numerics/load-linear-algebra';
import {
  float64Of,
  readSafetensors,
  vectorTensor,
  writeSafetensors,
} from 'reproducible-paper/numerics/safetensors';
import { defineStage, sha256, type WitnessDefinition, type WitnessMark } from 'reproducible-paper/stage';
import { z } from 'zod';
import { readCounts } from '../cooccurrence/read-counts.ts';
import { modelShape } from '../model/model-shape.ts';
import { openTokens } from '../tokenizer/token-reader.ts';
import { trainingOptions } from '../training/training-options.ts';
import { miniatureStarts } from './miniature-starts.ts';
import { type StartProblem, startProblem } from './planted-start.ts';
import { withNone } from './power-trials.ts';
import { type StartTrial, sharedGraph, startTrial } from './start-trial.ts';

/** What decides the trials; all of it was fixed before the first of them. */
export const startParams = z.strictObject({
  shape: modelShape,
  /** Of every model; its seed is the trial's. */
  training: trainingOptions.omit({ seed: true }),
  /** None is tried beside these. */
  strengths: z.array(z.number().positive().max(1)).min(1),
  /** Models at each strength; those of one seed share their draw, the order of their text, and their null's turns. */
  trials: z.int().min(2),
  /** After which a model is tested, ascending; 0: before the first. */
  steps: z.array(z.int().nonnegative()).min(2),
  /** Of the null. */
  draws: z.int().min(2),
  frequencyBins: z.strictObject({ ratio: z.number().gt(1), tokens: z.int().positive() }),
});

type StartParams = z.output<typeof startParams>;

export const startInputs = { tokens: ['tokens'], counts: ['counts'] } as const;

type Opened = ReturnType<typeof openStarts>;

export const openStarts = (
  inputs: { readonly tokens: { readonly tokens: string }; readonly counts: { readonly counts: string } },
  { shape, frequencyBins, training }: Pick<StartParams, 'shape' | 'frequencyBins' | 'training'>,
) => {
  const { vocabSize, part } = openTokens(inputs.tokens.tokens);
  const problem: StartProblem = startProblem(
    readCounts(inputs.counts.counts),
    { shape, vocabSize },
    frequencyBins,
  );
  return { problem, options: training, train: part('train'), heldOut: part('heldOut') };
};

/** Of a trial, counted from zero. */
export const seedOf = (trial: number): number => trial + 1;

/** The first steps of the first model in which the view is not all, nor next to nothing. */
export const firstLooks = async (
  { problem, ...data }: Opened,
  { strengths, steps, draws }: Pick<StartParams, 'strengths' | 'steps' | 'draws'>,
  scratch: string,
): Promise<StartTrial & { readonly strength: number; readonly steps: number }> => {
  const la = await loadLinearAlgebra();
  const place = Math.floor(strengths.length / 2);
  const looks = steps.slice(0, 2);
  const trial = { seed: seedOf(0), alpha: strengths[place]!, steps: looks, draws };
  const found = await startTrial(problem, { ...data, scratch }, trial, la);
  return { ...found, strength: 1 + place, steps: looks.length };
};

const markOf = (at: string, { figures, losses }: StartTrial): WitnessMark => ({
  at,
  numbers: { effect: figures.at(-2)!, loss: losses.at(-1)! },
  digests: { figures: sha256(figures), losses: sha256(losses) },
});

const witness: WitnessDefinition<typeof startInputs, StartParams> = {
  parts: {
    miniature: {
      needsInputs: false,
      run: async ({ params: { training }, scratch }) => {
        const la = await loadLinearAlgebra();
        const { problem, trial, ...data } = miniatureStarts(training);
        return [markOf('miniature', await startTrial(problem, { ...data, scratch }, trial, la))];
      },
    },
    'first-looks': {
      needsInputs: true,
      run: async ({ params, inputs, scratch }) => [
        markOf('first-looks', await firstLooks(openStarts(inputs, params), params, scratch)),
      ],
    },
  },
  // As a training's own witness of its first steps; of an effect see `planted-starts`.
  tolerance: { loss: 0.01, effect: 0.01 },
};

/** A trial that was finished before the run was stopped. */
const keptTrial = (path: string): StartTrial | undefined => {
  if (!existsSync(path)) return undefined;
  const file = readSafetensors(path);
  return { figures: float64Of(file, 'figures'), losses: float64Of(file, 'losses') };
};

const tensorsOf = ({ figures, losses }: StartTrial) => ({
  figures: vectorTensor('F64', figures),
  losses: vectorTensor('F64', losses),
});

const joined = (parts: readonly Float64Array[]): Float64Array =>
  Float64Array.from(parts.flatMap((part) => [...part]));

export const plantedStartTrials = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: startInputs,
  outputs: { trials: 'planted-start-trials.safetensors' },
  params: startParams,
  limitMinutes: 600,
  run: async ({ params, inputs, outputs, scratch, report }) => {
    const la = await loadLinearAlgebra();
    const { problem, ...data } = openStarts(inputs, params);
    const { steps, draws } = params;
    const strengths = withNone(params.strengths);
    const graph = sharedGraph();
    const trialOf = async (seed: number, alpha: number, path: string): Promise<StartTrial> => {
      const kept = keptTrial(path);
      if (kept) return kept;
      const training = { ...data, scratch, createGraph: graph.createGraph };
      const found = await startTrial(problem, training, { seed, alpha, steps, draws }, la);
      // Written aside and renamed: whole or not there.
      writeSafetensors(`${path}.new`, tensorsOf(found));
      renameSync(`${path}.new`, path);
      return found;
    };
    const found: StartTrial[] = []; // [trial, strength]
    for (let trial = 0; trial < params.trials; trial += 1) {
      for (const [strength, alpha] of strengths.entries()) {
        found.push(await trialOf(seedOf(trial), alpha, join(scratch, `trial-${trial}-${strength}`)));
        report({ done: found.length, total: params.trials * strengths.length });
      }
    }
    graph.dispose();
    writeSafetensors(
      outputs.trials,
      tensorsOf({
        figures: joined(found.map(({ figures }) => figures)),
        losses: joined(found.map(({ losses }) => losses)),
      }),
      { trials: String(params.trials) },
    );
  },
  witness,
});
