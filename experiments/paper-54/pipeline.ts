/** Paper 54's method as a table of contents: every stage in data order. */
import { resolve } from 'node:path';
import { whyNoPython } from 'reproducible-paper/python';
import { output, type Pipeline, replicate, stage } from 'reproducible-paper/stage';
import { asymmetry, asymmetryNull } from './analyses/asymmetry.ts';
import { asymmetryByHead, asymmetryByHeadNull } from './analyses/asymmetry-by-head.ts';
import { bandEnergy } from './analyses/band-energy.ts';
import { correlationVariants } from './analyses/correlation-variants.ts';
import { correlations } from './analyses/correlations.ts';
import { correlationsNull } from './analyses/correlations-null.ts';
import { cumulativeEnergy } from './analyses/cumulative-energy.ts';
import { k2Spectrum } from './analyses/k2-spectrum.ts';
import { lossCurvesOf } from './analyses/loss-curves.ts';
import {
  lowRankForm,
  lowRankFormNull,
  lowRankKernel,
  lowRankKernelNull,
} from './analyses/low-rank-kernel.ts';
import { nonUniqueness } from './analyses/non-uniqueness.ts';
import { pooledCorrelationsOf } from './analyses/pooled-correlations.ts';
import { reportedAudit } from './analyses/reported-audit.ts';
import { singularSpectra } from './analyses/singular-spectra.ts';
import { spectralTwinning, spectralTwinningNull } from './analyses/spectral-twinning.ts';
import { summaryCorrelations } from './analyses/summary-correlations.ts';
import { summaryInvariants } from './analyses/summary-invariants.ts';
import { valueCrescendo, valueCrescendoInit } from './analyses/value-crescendo.ts';
import { checkNotMade } from './checks/check-not-made.ts';
import { independentCheck } from './checks/independent-check.ts';
import { independentViewCheck } from './checks/independent-view-check.ts';
import { type Config, configFor, modelTableParams, paperLearningRate, profileNames } from './config.ts';
import { gaussianDraws } from './controls/gaussian-draws.ts';
import { attentionViews } from './cooccurrence/attention-views.ts';
import { corpusViews } from './cooccurrence/corpus-views.ts';
import { countPairs } from './cooccurrence/count-pairs.ts';
import { brown } from './corpus/brown.ts';
import { corpusTable } from './corpus/corpus-table.ts';
import { textFile } from './corpus/text-file.ts';
import { ablateCrystallization } from './crystallization/ablate-crystallization.ts';
import { ablationsTable } from './crystallization/ablations-table.ts';
import { crystallize } from './crystallization/crystallize.ts';
import { crystallizedInit } from './crystallization/crystallized-init.ts';
import { formNulls } from './forms/form-nulls.ts';
import { formTest } from './forms/form-test.ts';
import { formTestSummaryOf } from './forms/form-test-summary.ts';
import { streamIdentity } from './forms/stream-identity.ts';
import { invariantStages } from './invariant-stages.ts';
import { modelTable } from './model/model-table.ts';
import { randomInit } from './model/random-init.ts';
import { power } from './power/power.ts';
import { powerTrials } from './power/power-trials.ts';
import { encodeCorpus } from './tokenizer/encode-corpus.ts';
import { trainBpe } from './tokenizer/train-bpe.ts';
import { evaluateLadder } from './training/evaluate-ladder.ts';
import { evaluateTrained } from './training/evaluate-trained.ts';
import { evaluateUntrained } from './training/evaluate-untrained.ts';
import { gatherUntrainedOf } from './training/gather-untrained.ts';
import { learningRateGrid } from './training/learning-rate-grid.ts';
import { recordLossesOf } from './training/record-losses.ts';
import { reducedRun, seedFile } from './training/reduced-run.ts';
import { trainRun } from './training/train-run.ts';
import { wholeRun } from './training/whole-run.ts';
import { viewDraws } from './view-tests/view-draws.ts';
import { viewTestOf } from './view-tests/view-test.ts';

export const profiles = profileNames;
export const defaultProfile = 'paper';
export const fromZero = 'quick';

/** A text of the user's own, in place of the Brown corpus. */
export const options = {
  corpus: { description: 'a UTF-8 text to use in place of the Brown corpus' },
  sha256: { description: 'the digest that this text must have' },
};

/** What the attention forms B_h and O_h V_h are made of: projections, outputs, and the gains before them. */
const formParts = ['attn.c_attn', 'attn.c_proj', 'ln_1'];

/** Sums of a training depend on how many threads share them: fixed, whatever the machine has. */
const threads = 2;

/**
 * Both sides compute in float64 from the same weights; a difference is relative to its column's largest magnitude. numpy's
 * LAPACK and ours differ in the order of sums alone, which eigenvalues of a matrix that is not normal make larger.
 */
const independentTolerance = 1e-9;

/**
 * @param isPublished whether runs that are too long for a build are kept in the repository
 * @param noPython why the independent check cannot be made here, for the page; null where it can
 */
export const graphOf = (config: Config, isPublished: boolean, noPython: string | null = null): Pipeline => {
  const { shape } = config;
  const width = shape.dModel;
  /** What the repository keeps of a stage that is too long for a build. */
  const kept = <const Output extends string>(outputs: readonly Output[], expectedMinutes: number) =>
    isPublished ? { published: { outputs, expectedMs: expectedMinutes * 60_000 } } : {};

  const corpus = config.textFile
    ? stage('corpus', textFile, { files: { text: config.textFile } })
    : stage('corpus', brown, { params: config.brown });
  const tokenizer = stage('tokenizer', trainBpe, { inputs: { corpus }, params: config.tokenizer });
  const tokens = stage('tokens', encodeCorpus, { inputs: { corpus, tokenizer } });
  const counts = stage('counts', countPairs, { inputs: { tokens }, params: config.counts });
  const embeddings = stage('ct-embeddings', crystallize, {
    inputs: { tokens, counts },
    params: { width, options: config.crystallization, precision: config.precision },
    threads,
    ...kept(['embeddings'], 1),
  });
  const runs = config.seeds.map((seed, place) => {
    // Whole weights are kept of the first seed; of the others, what the analyses read.
    const isWhole = place === 0 || !isPublished;
    const named = (name: string): string => `${name}.seed-${seed}`;
    const v1Init = stage(named('v1-init'), randomInit, {
      inputs: { tokens },
      params: { run: 'v1', seed, shape },
    });
    const v1 = stage(named('train-v1'), trainRun, {
      inputs: { tokens, init: v1Init },
      params: { run: 'v1', shape, options: { ...config.v1, seed } },
      threads,
      ...kept(isWhole ? ['weights', 'curve'] : ['curve'], 25),
    });
    const ctInit = stage(named('ct-init'), crystallizedInit, {
      inputs: { tokens, embeddings },
      params: { seed, shape },
    });
    const trainedCtSft = stage(named('train-ct-sft'), trainRun, {
      inputs: { tokens, init: ctInit },
      params: { run: 'ct-sft', frozen: ['wte.weight'], shape, options: { ...config.ctSft, seed } },
      threads,
      ...kept(isWhole ? ['weights', 'curve'] : ['curve'], 20),
    });
    const untrained = stage(named('untrained-losses'), evaluateUntrained, {
      inputs: { tokens, counts, v1, v1Init, ctInit },
      params: { shape, rms: config.crystallization.rms },
      threads,
      ...kept(['losses'], 1),
    });
    const reduced = (name: string, trained: typeof v1, parts: readonly string[]) =>
      stage(named(name), reducedRun, {
        inputs: { counts, trained },
        params: { parts: [...parts] },
        ...kept(['weights'], 1),
      });
    const weights = isWhole
      ? {
          v1,
          ctSft: stage(named('ct-sft'), wholeRun, { inputs: { trained: trainedCtSft, init: ctInit } }),
        }
      : {
          v1: reduced('reduced-v1', v1, formParts),
          ctSft: reduced('reduced-ct-sft', trainedCtSft, ['attn.c_attn']),
        };
    const attention = stage(named('attention-views'), attentionViews, {
      inputs: { counts, tokens, v1 },
      params: { shape, attentionWindows: config.attentionWindows, precision: config.precision },
      threads,
      ...kept(['images'], 1),
    });
    const views = stage(named('corpus-views'), corpusViews, {
      inputs: { counts, v1: weights.v1, attention },
      threads,
    });
    return {
      seed,
      named,
      v1Init,
      ctInit,
      trained: { v1, ctSft: trainedCtSft },
      untrained,
      ...weights,
      attention,
      views,
    };
  });
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

  // What chance gives depends on a shape alone: drawn once, and read beside every run of that shape.
  const gaussian = stage('gaussian-draws', gaussianDraws, {
    params: { dModel: width, nHeads: shape.nHeads },
  });
  const chance = { inputs: { gaussian } };
  const twinningNull = stage('spectral-twinning-null', spectralTwinningNull, chance);
  const lowRankNull = stage('low-rank-kernel-null', lowRankKernelNull, chance);
  const formRankNull = stage('low-rank-form-null', lowRankFormNull, chance);
  const asymmetryDraws = stage('asymmetry-null', asymmetryNull, chance);
  const headNull = stage('asymmetry-by-head-null', asymmetryByHeadNull, chance);

  const analysed = runs.map(({ seed, named, v1, v1Init, ctSft, ctInit, views }) => {
    const correlated = stage(named('correlations'), correlations, {
      inputs: {
        v1,
        views,
        null: stage(named('correlations-null'), correlationsNull, { inputs: { views, gaussian } }),
      },
    });
    const twinning = stage(named('spectral-twinning'), spectralTwinning, {
      inputs: { v1, null: twinningNull },
    });
    const initNorms = stage(named('value-crescendo-init'), valueCrescendoInit, { inputs: { init: v1Init } });
    const crescendo = stage(named('value-crescendo'), valueCrescendo, { inputs: { v1, init: initNorms } });
    const lowRank = stage(named('low-rank-kernel'), lowRankKernel, { inputs: { v1, null: lowRankNull } });
    const form = stage(named('asymmetry'), asymmetry, { inputs: { v1, null: asymmetryDraws } });
    const drift = stage(named('non-uniqueness'), nonUniqueness, {
      inputs: { v1, v1Init, ctSft, ctInit, gaussian },
    });
    const stages = {
      correlations: correlated,
      'correlation-variants': stage(named('correlation-variants'), correlationVariants, {
        inputs: { v1, views },
      }),
      'summary-correlations': stage(named('summary-correlations'), summaryCorrelations, {
        inputs: { correlations: correlated, nonUniqueness: drift },
        params: { entries: width * width },
      }),
      'band-energy': stage(named('band-energy'), bandEnergy, { inputs: { v1, views, gaussian } }),
      'spectral-twinning': twinning,
      'value-crescendo': crescendo,
      'low-rank-kernel': lowRank,
      'low-rank-form': stage(named('low-rank-form'), lowRankForm, { inputs: { v1, null: formRankNull } }),
      asymmetry: form,
      'asymmetry-by-head': stage(named('asymmetry-by-head'), asymmetryByHead, {
        inputs: { v1, null: headNull },
      }),
      'non-uniqueness': drift,
      'summary-invariants': stage(named('summary-invariants'), summaryInvariants, {
        inputs: { twinning, crescendo, lowRank, asymmetry: form, nonUniqueness: drift },
      }),
    };
    return { seed, stages };
  });

  // T6: attention's forms against the corpus, free of frequency, with three nulls.
  const {
    deltas,
    frequencyBins,
    draws,
    seed: nullSeed,
    level,
    primary,
    equivalence,
    absence,
  } = config.inference;
  const formOptions = { deltas, frequencyBins, seed: nullSeed };
  const withForms = runs.filter(({ seed }) => config.formSeeds?.includes(seed) ?? true);
  const tested = withForms.map(({ seed, named, v1: weights, views }) => {
    const inputs = { counts, views, weights };
    const nulls = stage(named('form-nulls'), formNulls, {
      inputs,
      params: { ...formOptions, draws },
      ...kept(['nulls'], 10),
    });
    const test = stage(named('form-test'), formTest, {
      inputs: { ...inputs, nulls },
      params: { ...formOptions, level },
    });
    return { seed, named, nulls, test };
  });
  const nullsOfSeeds = Object.fromEntries(tested.map(({ seed, nulls }) => [`seed-${seed}`, nulls]));

  // T1 against its gauge null and T2 to T5; and what each test can see of a view that is planted.
  const { subspace, planted } = config.inference;
  const viewOptions = { seed: nullSeed, subspace };
  const viewInputs = Object.fromEntries(
    runs.flatMap(({ seed, named, v1, views }) => [
      [`v1-${seed}`, v1],
      [`views-${seed}`, views],
      [
        `draws-${seed}`,
        stage(named('view-draws'), viewDraws, {
          inputs: { v1, views },
          params: { ...viewOptions, ...config.viewDraws },
          ...kept(['draws'], 6),
        }),
      ],
    ]),
  );
  const viewTested = stage('view-test', viewTestOf(config.seeds), {
    inputs: viewInputs,
    params: { ...viewOptions, seeds: config.seeds },
  });
  const powerInputs = { counts, views, weights: v1 };
  const powerOptions = { ...viewOptions, frequencyBins, strengths: planted.strengths };
  const [whole, free] = (['whole', 'free'] as const).map((space) =>
    stage(`power-trials.${space}`, powerTrials, {
      inputs: powerInputs,
      params: { ...powerOptions, space, trials: planted.trials },
      ...kept(['trials'], 20),
    }),
  );

  const ofFirst = analysed[0]!.stages;
  const ladder = stage('training-ladder', evaluateLadder, {
    inputs: {
      tokens,
      training: v1,
      // One thread each: side by side they take less time than one after the other on two.
      v1: stage('evaluated-v1', evaluateTrained, {
        inputs: { tokens, weights: v1, training: v1 },
        params: { shape },
      }),
      ctSft: stage('evaluated-ct-sft', evaluateTrained, {
        inputs: { tokens, weights: ctSft, training: trained.ctSft },
        params: { shape },
      }),
      recorded,
      untrained,
    },
    params: { contextLength: shape.contextLength },
  });
  const invariants = invariantStages(config, { counts, tokens }, runs, analysed, ladder, kept, threads);

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
      // Of one seed alone the results are no repetition of anything.
      ...(config.seeds.length === 1
        ? Object.values(ofFirst)
        : Object.keys(ofFirst).map((name) =>
            replicate(
              name,
              config.seeds,
              (_, seed) => analysed.find((of) => of.seed === seed)!.stages[name as keyof typeof ofFirst],
            ),
          )),
      ...(tested.length === 1
        ? tested.map(({ test }) => test)
        : [
            replicate(
              'form-test',
              tested.map(({ seed }) => seed),
              (_, seed) => tested.find((of) => of.seed === seed)!.test,
            ),
          ]),
      stage('form-test-summary', formTestSummaryOf(Object.keys(nullsOfSeeds)), {
        inputs: nullsOfSeeds,
        params: { level, primary, deltas, equivalence, absence },
      }),
      viewTested,
      stage('power', power, {
        inputs: { ...powerInputs, whole: whole!, free: free! },
        params: { ...powerOptions, level, bound: absence.strength },
      }),
      stage('pooled-correlations', pooledCorrelationsOf(config.seeds), {
        inputs: Object.fromEntries(
          analysed.flatMap(({ seed, stages }) => [
            [`views-${seed}`, stages.correlations],
            [`runs-${seed}`, stages['non-uniqueness']],
          ]),
        ),
        params: { entries: width * width, seeds: config.seeds },
      }),
      stage('stream-identity', streamIdentity, {
        inputs: { tokens, v1 },
        params: { shape },
        threads,
        ...kept(['result'], 1),
      }),
      stage('singular-spectra', singularSpectra, { inputs: { v1 } }),
      stage('cumulative-energy', cumulativeEnergy, { inputs: { v1, null: lowRankNull } }),
      stage('reported-audit', reportedAudit, {}),
      ...invariants.results,
      noPython === null
        ? stage('independent-check', independentCheck, {
            inputs: {
              v1,
              v1Init: runs[0]!.v1Init,
              ctSft,
              ctInit,
              twinning: ofFirst['spectral-twinning'],
              crescendo: ofFirst['value-crescendo'],
              lowRank: ofFirst['low-rank-kernel'],
              form: ofFirst['low-rank-form'],
              asymmetry: ofFirst.asymmetry,
              drift: ofFirst['non-uniqueness'],
            },
            params: { tolerance: independentTolerance },
          })
        : stage('independent-check', checkNotMade, { params: { reason: noPython } }),
      ...(noPython === null
        ? [
            stage(
              'independent-view-check',
              independentViewCheck(
                config.seeds,
                tested.map(({ seed }) => seed),
              ),
              {
                inputs: {
                  counts,
                  viewTest: viewTested,
                  ...Object.fromEntries([
                    ...runs.flatMap((run) => [
                      [`v1-${run.seed}`, run.v1],
                      [`attention-${run.seed}`, run.attention],
                    ]),
                    ...analysed.map(({ seed, stages }) => [`correlations-${seed}`, stages.correlations]),
                    ...tested.map(({ seed, test }) => [`form-${seed}`, test]),
                  ]),
                },
                params: {
                  tolerance: independentTolerance,
                  seeds: config.seeds,
                  subspace,
                  frequencyBins,
                },
              },
            ),
          ]
        : [
            stage('independent-view-check', checkNotMade, {
              params: { reason: noPython, table: 'independent-view-check' },
            }),
          ]),
    ],
    files: {
      'tokenizer.json': output(tokenizer, 'tokenizer'),
      'tokens.safetensors': output(tokens, 'tokens'),
      'weights/v1.safetensors': output(v1, 'weights'),
      'weights/ct-init.safetensors': output(ctInit, 'init'),
      'weights/ct-sft.safetensors': output(ctSft, 'weights'),
      'weights/views.safetensors': output(views, 'views'),
      ...Object.fromEntries(
        tested.map(({ named, test }) => [`forms/${named('form-test')}.csv`, output(test, 'cells')]),
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
    // The corpus views of further seeds are not public: 23 MB each.
    recomputable: {
      'spectral-twinning': 'every',
      'value-crescendo': 'every',
      'low-rank-kernel': 'every',
      'low-rank-form': 'every',
      asymmetry: 'every',
      'asymmetry-by-head': 'every',
      'mean-correlations': 'first',
      'correlations-by-layer': 'first',
    },
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
    given['backend'] === 'js' ? 'this build does without native libraries' : whyNoPython(),
  );
};
