/** From the training of a control to what T6 finds in it: part of the pipeline's table of contents. */
import { type Stage, stage } from 'reproducible-paper/stage';
import type { Config } from './config.ts';
import { attentionViews } from './cooccurrence/attention-views.ts';
import { corpusViews } from './cooccurrence/corpus-views.ts';
import { formNulls } from './forms/form-nulls.ts';
import type { Kept } from './kept.ts';
import { formParts, type seedRuns } from './seed-runs.ts';
import { reducedRun } from './training/reduced-run.ts';
import { trainRun } from './training/train-run.ts';

type Seeded = ReturnType<typeof seedRuns>;

/** What a control is made with, and what stands beside it. */
export interface ControlSources extends Pick<Seeded, 'tokens' | 'counts'> {
  readonly config: Config;
  /** The run whose draw it starts from. */
  readonly of: Seeded['runs'][number];
  /** That run's nulls. */
  readonly v1Nulls: Stage<{ readonly nulls: string }>;
  /** What the tests can see. */
  readonly power: Stage<{ readonly result: string }>;
  readonly kept: Kept;
  readonly threads: number;
}

/**
 * @param name of the run
 * @param text what the run reads
 * @param init what it starts from
 */
export const controlRun = (
  { config, tokens, counts, of, kept, threads }: ControlSources,
  name: string,
  { text, init }: { readonly text: Seeded['tokens']; readonly init: Seeded['runs'][number]['v1Init'] },
) => {
  const { shape } = config;
  const { frequencyBins, draws, seed: nullSeed, primary } = config.inference;
  const trained = stage(`train-${name}`, trainRun, {
    inputs: { tokens: text, init },
    params: { run: name, shape, options: { ...config.v1, steps: config.controlSteps, seed: of.seed } },
    threads,
    ...kept(['curve'], 25),
  });
  const weights = stage(`reduced-${name}`, reducedRun, {
    inputs: { counts, trained },
    params: { parts: [...formParts] },
    ...kept(['weights'], 1),
  });
  const attention = stage(`attention-views.${name}`, attentionViews, {
    inputs: { counts, tokens, v1: trained },
    params: { shape, attentionWindows: config.attentionWindows, precision: config.precision },
    threads,
    ...kept(['images'], 1),
  });
  const views = stage(`corpus-views.${name}`, corpusViews, {
    inputs: { counts, v1: weights, attention },
    threads,
  });
  /** Of the tests: one distance is enough for a control. */
  const formOptions = { deltas: [primary.delta], frequencyBins, seed: nullSeed };
  const inputs = { counts, views, weights };
  const nulls = stage(`form-nulls.${name}`, formNulls, {
    inputs,
    params: { ...formOptions, draws },
    ...kept(['nulls'], 1),
  });
  return { trained, formOptions, inputs: { ...inputs, nulls } };
};
