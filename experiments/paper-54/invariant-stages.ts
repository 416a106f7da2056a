/** The invariants against their nulls, over seeds: part of the pipeline's table of contents. */
import { type Stage, stage } from 'reproducible-paper/stage';
import { alignedPair } from './analyses/aligned-pair.ts';
import { alignedSolutionsOf } from './analyses/aligned-solutions.ts';
import { correlationsOutsideOf, outsideSources } from './analyses/correlations-outside.ts';
import { distanceFromChanceOf, distanceSources } from './analyses/distance-from-chance.ts';
import { invariantsAgainstNulls } from './analyses/invariants-against-nulls.ts';
import { patternSources, patternTestsOf } from './analyses/pattern-tests.ts';
import { predictionDivergences } from './analyses/prediction-divergence.ts';
import { predictionTable } from './analyses/prediction-table.ts';
import { projectionGeometry } from './analyses/projection-geometry.ts';
import { remarkSources, remarksOf } from './analyses/remarks.ts';
import { type SeedAnalysis, seedInputs } from './analyses/seed-tables.ts';
import type { Config } from './config.ts';
import { spectraNulls } from './controls/spectra-nulls.ts';
import { topEmbedding, topEmbeddingOfInit } from './cooccurrence/top-embedding.ts';
import { literalLosses } from './crystallization/literal-losses.ts';
import { literalTable } from './crystallization/literal-table.ts';
import type { Kept } from './kept.ts';
import { projections } from './model/projections.ts';
import { overSeeds } from './over-seeds.ts';
import { corpusDecay } from './series/corpus-decay.ts';
import { kernelAgreementOf } from './series/kernel-agreement.ts';
import { seriesFigures } from './series/series-figures.ts';
import { seriesKernel } from './series/series-kernel.ts';
import { seriesViews } from './series/series-views.ts';

type With<Output extends string> = Stage<Readonly<Record<Output, string>>>;
type Result = With<'result'>;

/** One seed's runs, and the analyses that others sum up. */
export interface SeedRuns {
  readonly seed: number;
  readonly named: (name: string) => string;
  readonly v1: With<'weights'>;
  readonly v1Init: With<'init'>;
  readonly ctSft: With<'weights'>;
  readonly ctInit: With<'init'>;
  /** Q, K and V alone. */
  readonly projected: Readonly<Record<'v1' | 'v1Init' | 'ctSft', With<'weights'>>>;
}

/** The kernel is taken over so many tokens a dimension of the embedding. */
const tokensADimension = 4;

/** What the stages of this file read of the other analyses of a seed. */
const analyses = [
  'spectral-twinning',
  'value-crescendo',
  'correlations',
  'non-uniqueness',
  'band-energy',
] as const;

/** @param analysed of each seed, by table */
export const invariantStages = (
  { shape, inference, seeds, crystallization }: Config,
  { counts, tokens }: { readonly counts: With<'counts'>; readonly tokens: With<'tokens'> },
  runs: readonly SeedRuns[],
  analysed: readonly {
    readonly seed: number;
    readonly stages: Readonly<Record<(typeof analyses)[number], Result>>;
  }[],
  ladder: Result,
  /** What Gaussian matrices give for figures without scale. */
  gaussian: With<'figures'>,
  /** T6, by seed. */
  formTests: Readonly<Record<number, { readonly test: Result; readonly structure: Result }>>,
  /** A run from V1's first draw on another text. */
  sameStart: With<'weights'>,
  kept: Kept,
  threads: number,
) => {
  const { draws, eigenvalueDraws, seed, equivalence } = inference;
  const decay = stage('corpus-decay', corpusDecay, { inputs: { counts, tokens }, params: { seed } });
  const ofSeeds = runs.map((run) => {
    const { named } = run;
    const own = run.projected.v1;
    const nulls = stage(named('spectra-nulls'), spectraNulls, {
      inputs: { run: own },
      params: { draws, eigenvalueDraws, seed },
      ...kept(['nulls'], 4),
    });
    const embedding = stage(named('embedding-v1'), topEmbedding, { inputs: { counts, run: run.v1 } });
    const views = stage(named('series-views'), seriesViews, { inputs: { counts, run: own, embedding } });
    return {
      seed: run.seed,
      tables: {
        'projection-geometry': stage(named('projection-geometry'), projectionGeometry, {
          inputs: { run: own },
          params: { ropeBase: shape.ropeBase },
        }),
        'series-views': views,
        'series-figures': stage(named('series-figures'), seriesFigures, {
          inputs: { run: own, embedding, views, decay },
        }),
      },
      kernel: stage(named('series-kernel'), seriesKernel, {
        inputs: { counts, embedding },
        // Each run beside a Gaussian of its own: one for all would agree with itself over seeds.
        params: { seed: seed + run.seed, tokens: tokensADimension * shape.dModel },
        ...kept(['result', 'kernels'], 1),
      }),
      against: stage(named('invariants-against-nulls'), invariantsAgainstNulls, {
        inputs: { run: own, init: run.v1Init, nulls, gaussian },
      }),
      v1: { forms: own, embedding },
      ctSft: {
        forms: run.projected.ctSft,
        // CT+SFT leaves its embedding as it was.
        embedding: stage(named('embedding-ct-init'), topEmbeddingOfInit, {
          inputs: { counts, run: run.ctInit },
        }),
      },
      v1Init: {
        forms: run.projected.v1Init,
        embedding: stage(named('embedding-v1-init'), topEmbeddingOfInit, {
          inputs: { counts, run: run.v1Init },
        }),
      },
    };
  });
  type Side = (typeof ofSeeds)[number]['v1'];
  const pair = (kind: string, unit: string, a: Side, b: Side) => {
    const name = `aligned-${kind}-${unit}`;
    return {
      name,
      kind,
      unit,
      a: a.forms,
      b: b.forms,
      stage: stage(name, alignedPair, {
        inputs: { a: a.forms, embeddingA: a.embedding, b: b.forms, embeddingB: b.embedding },
        params: { draws, seed, stream: `${kind}-${unit}` },
        ...kept(['pair'], 1),
      }),
    };
  };
  const first = runs[0]!;
  const pairs = [
    ...ofSeeds.map((run) => pair('ct-sft-v1', String(run.seed), run.ctSft, run.v1)),
    ...ofSeeds.flatMap((run, place) =>
      ofSeeds.slice(place + 1).map((other) => pair('v1-v1', `${run.seed}-${other.seed}`, run.v1, other.v1)),
    ),
    ...ofSeeds.map((run) => pair('init-v1', String(run.seed), run.v1Init, run.v1)),
    pair(
      'same-start',
      String(first.seed),
      {
        forms: stage('projections-shuffled', projections, { inputs: { run: sameStart } }),
        embedding: stage('embedding-shuffled', topEmbedding, { inputs: { counts, run: sameStart } }),
      },
      ofSeeds[0]!.v1,
    ),
  ];
  const own = (of: number) => ofSeeds.find((run) => run.seed === of)!;
  const analysisOf = (analysis: SeedAnalysis, of: number): Result => {
    const { stages } = analysed.find((run) => run.seed === of)!;
    return {
      twinning: stages['spectral-twinning'],
      crescendo: stages['value-crescendo'],
      against: own(of).against,
      form: formTests[of]!.test,
      structure: formTests[of]!.structure,
      bands: stages['band-energy'],
      correlations: stages.correlations,
      drift: stages['non-uniqueness'],
      geometry: own(of).tables['projection-geometry'],
    }[analysis];
  };
  const aligned = stage('aligned-solutions', alignedSolutionsOf(pairs.map(({ name }) => name)), {
    inputs: Object.fromEntries(
      pairs.flatMap((of) => [
        [of.name, of.stage],
        [`${of.name}-a`, of.a],
        [`${of.name}-b`, of.b],
      ]),
    ),
    params: {
      pairs: Object.fromEntries(pairs.map(({ name, kind, unit }) => [name, { kind, unit }])),
      bound: equivalence.t1,
      seed,
    },
  });
  return {
    aligned,
    /** By seed. */
    ofSeeds,
    results: [
      overSeeds('invariants-against-nulls', seeds, (of) => own(of).against),
      ...(['projection-geometry', 'series-views', 'series-figures'] as const).map((table) =>
        overSeeds(table, seeds, (of) => own(of).tables[table]),
      ),
      overSeeds('series-kernel', seeds, (of) => own(of).kernel),
      stage('kernel-agreement', kernelAgreementOf(ofSeeds.map((run) => `seed-${run.seed}`)), {
        inputs: Object.fromEntries(ofSeeds.map((run) => [`seed-${run.seed}`, run.kernel])),
      }),
      stage('pattern-tests', patternTestsOf(seeds), {
        inputs: seedInputs(patternSources, seeds, analysisOf),
        params: { seeds },
      }),
      stage('distance-from-chance', distanceFromChanceOf(seeds), {
        inputs: { ladder, ...seedInputs(distanceSources, seeds, analysisOf) },
        params: { seeds },
      }),
      stage('correlations-outside', correlationsOutsideOf(seeds), {
        inputs: seedInputs(outsideSources, seeds, analysisOf),
        params: { seeds },
      }),
      stage('remarks', remarksOf(seeds), {
        inputs: { ladder, ...seedInputs(remarkSources, seeds, analysisOf) },
        params: { seeds, width: shape.dModel, layers: shape.nLayers },
      }),
      aligned,
      stage('literal-table', literalTable, {
        inputs: {
          kept: stage('literal-losses', literalLosses, {
            inputs: { tokens, counts, v1: first.v1, kernel: ofSeeds[0]!.kernel },
            params: { seed, rms: crystallization.rms },
            threads,
            ...kept(['losses'], 2),
          }),
        },
      }),
      stage('prediction-table', predictionTable, {
        inputs: {
          kept: stage('prediction-divergences', predictionDivergences, {
            inputs: {
              tokens,
              v1: first.v1,
              ctSft: first.ctSft,
              v1Init: first.v1Init,
              ctInit: first.ctInit,
            },
            params: { shape },
            threads,
            ...kept(['divergences'], 1),
          }),
        },
      }),
    ],
  };
};
