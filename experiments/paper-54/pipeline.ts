/** Paper 54's method as a table of contents: every stage in data order. */
import { resolve } from 'node:path';
import { whyNoPython } from 'reproducible-paper/python';
import type { Rerunning } from 'reproducible-paper/recompute';
import { output, type Pipeline, stage } from 'reproducible-paper/stage';
import { cumulativeEnergy } from './analyses/cumulative-energy.ts';
import { k2Spectrum } from './analyses/k2-spectrum.ts';
import { lossCurvesOf } from './analyses/loss-curves.ts';
import { pooledCorrelationsOf } from './analyses/pooled-correlations.ts';
import { reportedAudit } from './analyses/reported-audit.ts';
import { turnedEnergy } from './analyses/turned-energy.ts';
import { checkStages } from './check-stages.ts';
import { type Config, configFor, modelTableParams, paperLearningRate, profileNames } from './config.ts';
import { conjectureStages } from './conjecture-stages.ts';
import { corpusTable } from './corpus/corpus-table.ts';
import { ablateCrystallization } from './crystallization/ablate-crystallization.ts';
import { ablationsTable } from './crystallization/ablations-table.ts';
import { explorationsOf } from './explore/explorations.ts';
import { streamIdentity } from './forms/stream-identity.ts';
import { invariantStages } from './invariant-stages.ts';
import { keptIf } from './kept.ts';
import { modelTable } from './model/model-table.ts';
import { overSeeds } from './over-seeds.ts';
import { plantedStages } from './planted-stages.ts';
import { plantedStartStages } from './planted-start-stages.ts';
import { seedAnalyses } from './seed-analyses.ts';
import { seedRuns } from './seed-runs.ts';
import { shuffledStages } from './shuffled-stages.ts';
import { recordBatchLosses } from './training/batch-losses.ts';
import { evaluateLadder } from './training/evaluate-ladder.ts';
import { evaluateTrained } from './training/evaluate-trained.ts';
import { gatherUntrainedOf } from './training/gather-untrained.ts';
import { learningRateGrid } from './training/learning-rate-grid.ts';
import { recordLossesOf } from './training/record-losses.ts';
import { seedFile } from './training/reduced-run.ts';

export const profiles = profileNames;
export const defaultProfile = 'paper';
export const fromZero = 'quick';

/** A text of the user's own, in place of the Brown corpus. */
export const options = {
  corpus: { description: 'a UTF-8 text to use in place of the Brown corpus' },
  sha256: { description: 'the digest that this text must have' },
};

/** Sums of a training depend on how many threads share them: fixed, whatever the machine has. */
const threads = 2;

/**
 * @param isPublished whether runs that are too long for a build are kept in the repository
 * @param noPython why the independent checks cannot be made here, for the page; null where they can
 */
export const graphOf = (
  config: Config,
  isPublished: boolean,
  noPython: string | null = null,
): Pipeline & Rerunning => {
  const { shape, seeds } = config;
  const width = shape.dModel;
  const kept = keptIf(isPublished);
  const { corpus, tokenizer, tokens, counts, runs } = seedRuns(config, kept, isPublished, threads);
  // The page's figures are of the first seed; the others stand beside them.
  const { ctSft, ctInit, views, trained } = runs[0]!;
  const { v1 } = trained;
  const curves = Object.fromEntries(
    runs.flatMap((run) => [
      [`v1-${run.seed}`, run.trained.v1],
      [`ct-sft-${run.seed}`, run.trained.ctSft],
    ]),
  );
  const recorded = stage('recorded-losses', recordLossesOf(Object.keys(curves)), { inputs: curves });
  const ofSeeds = Object.fromEntries(runs.map(({ seed, untrained }) => [`seed-${seed}`, untrained]));
  const untrained = stage('untrained-losses', gatherUntrainedOf(Object.keys(ofSeeds)), { inputs: ofSeeds });
  // One thread each: side by side they take less time than one after the other on two.
  const evaluated = (run: string, weights: typeof v1 | typeof ctSft, training: typeof v1) =>
    stage(`evaluated-${run}`, evaluateTrained, {
      inputs: {
        tokens,
        weights,
        training,
        batches: stage(`batch-losses.${run}`, recordBatchLosses, {
          inputs: { tokens, weights, training },
          params: { shape },
          ...kept(['losses'], 2),
        }),
      },
      params: { shape },
    });
  const ladder = stage('training-ladder', evaluateLadder, {
    inputs: {
      tokens,
      training: v1,
      v1: evaluated('v1', v1, v1),
      ctSft: evaluated('ct-sft', ctSft, trained.ctSft),
      recorded,
      untrained,
    },
    params: { contextLength: shape.contextLength },
  });

  const { analysed, chance } = seedAnalyses(config, runs, kept);
  const ofFirst = analysed[0]!.stages;
  const conjecture = conjectureStages(config, counts, runs, kept);
  const { tested } = conjecture;
  const formTests = Object.fromEntries(tested.map((of) => [of.seed, of]));
  const control = {
    config,
    tokens,
    counts,
    of: runs[0]!,
    v1Nulls: tested[0]!.nulls,
    power: conjecture.powerOfTests,
    kept,
    threads,
  };
  const shuffled = shuffledStages(control);
  const invariants = invariantStages(
    config,
    { counts, tokens },
    runs,
    analysed,
    ladder,
    chance,
    formTests,
    shuffled.weights,
    kept,
    threads,
  );

  const cumulative = stage('cumulative-energy', cumulativeEnergy, { inputs: { v1, null: chance } });

  return {
    paper: 'paper-54',
    locked: isPublished,
    results: [
      stage('corpus-table', corpusTable, { inputs: { corpus, tokens, counts } }),
      stage('model', modelTable, { inputs: { tokens }, params: modelTableParams(config) }),
      stage('crystallization-ablations', ablationsTable, {
        inputs: {
          ablations: stage('ablated-losses', ablateCrystallization, {
            inputs: { tokens, counts },
            params: { width, options: config.crystallization },
            ...kept(['losses'], 2),
          }),
        },
      }),
      ladder,
      stage('learning-rate-grid', learningRateGrid, { params: { used: paperLearningRate } }),
      stage('loss-curves', lossCurvesOf(Object.keys(curves)), { inputs: curves }),
      stage('k2-spectrum', k2Spectrum, { inputs: { counts } }),
      ...(Object.keys(ofFirst) as (keyof typeof ofFirst)[]).map((name) =>
        overSeeds(name, seeds, (of) => analysed.find(({ seed }) => seed === of)!.stages[name]),
      ),
      stage('pooled-correlations', pooledCorrelationsOf(seeds), {
        inputs: Object.fromEntries(
          analysed.flatMap(({ seed, stages }) => [
            [`views-${seed}`, stages.correlations],
            [`runs-${seed}`, stages['non-uniqueness']],
          ]),
        ),
        params: { entries: width * width, bound: config.inference.equivalence.t1, seeds },
      }),
      ...conjecture.results,
      plantedStages(control),
      plantedStartStages(config, corpus, kept, threads),
      shuffled.result,
      stage('stream-identity', streamIdentity, {
        inputs: { tokens, v1 },
        params: { shape },
        threads,
        ...kept(['result'], 1),
      }),
      cumulative,
      stage('turned-energy', turnedEnergy, { inputs: { v1 }, params: { seed: config.inference.seed } }),
      stage('reported-audit', reportedAudit, {}),
      ...invariants.results,
      ...checkStages(
        config,
        { counts, runs },
        { analysed },
        conjecture,
        invariants,
        { cumulative, sameStart: shuffled.weights },
        noPython,
      ),
    ],
    files: {
      'tokenizer.json': output(tokenizer, 'tokenizer'),
      'tokens.safetensors': output(tokens, 'tokens'),
      'weights/v1.safetensors': output(v1, 'weights'),
      'weights/ct-init.safetensors': output(ctInit, 'init'),
      'weights/ct-sft.safetensors': output(ctSft, 'weights'),
      'weights/views.safetensors': output(views, 'views'),
      ...Object.fromEntries(
        tested.map(({ named, cells }) => [`forms/${named('form-test')}.csv`, output(cells, 'cells')]),
      ),
      ...Object.fromEntries(
        runs.slice(1).flatMap((run) => [
          [
            `weights/v1.seed-${run.seed}.safetensors`,
            output(
              stage(run.named('v1-file'), seedFile, {
                inputs: { reduced: run.v1, attention: run.attention },
              }),
              'weights',
            ),
          ],
          [`weights/ct-sft.seed-${run.seed}.safetensors`, output(run.ctSft, 'weights')],
        ]),
      ),
    },
    recomputable: {
      'spectral-twinning': 'every',
      'value-crescendo': 'every',
      'low-rank-kernel': 'every',
      'low-rank-form': 'every',
      asymmetry: 'every',
      'asymmetry-by-head': 'every',
      'mean-correlations': 'every',
      'correlations-by-layer': 'every',
      'non-uniqueness': 'every',
      'form-test': 'every',
      'form-symmetry': 'every',
      'form-energy': 'every',
      'form-test-summary': 'every',
      'form-test-by-distance': 'every',
    },
    rerun: [
      counts,
      ...runs.map(({ views }) => views),
      ...tested.flatMap(({ spaces, found }) => [spaces, found]),
      // Of the first seed these are smaller to load than what they are taken from.
      ...runs
        .slice(1)
        .flatMap(({ v1Init, ctInit, projected }) => [v1Init, ctInit, ...Object.values(projected)]),
    ],
    explorations: explorationsOf(runs.map(({ seed }) => seed)),
    downloads: [
      { path: 'weights/v1.safetensors', label: 'weights' },
      { path: 'weights/views.safetensors', label: 'corpus views' },
      { path: 'tokenizer.json', label: 'tokenizer' },
      { path: `forms/form-test.seed-${runs[0]!.seed}.csv`, label: 'every head of the form test' },
    ],
  };
};

export const pipeline = (
  profile: (typeof profileNames)[number],
  given: Readonly<Record<string, string | undefined>>,
): Pipeline => {
  const config = configFor(profile, {
    corpus: given['corpus'] === undefined ? undefined : resolve(given['corpus']),
    sha256: given['sha256'],
  });
  // Of a text of the user's own nothing is published: its runs are made in the build, however long they take.
  return graphOf(
    config,
    profile === 'paper' && !config.textFile,
    given['backend'] === 'js'
      ? 'this build does without native libraries, and makes no turned draws again'
      : whyNoPython(),
  );
};
