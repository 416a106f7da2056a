/** What numpy computes a second time: part of the pipeline's table of contents. */
import { type Stage, stage } from 'reproducible-paper/stage';
import { checkNotMade } from './checks/check-not-made.ts';
import { independentCheck } from './checks/independent-check.ts';
import { independentFormCheck } from './checks/independent-form-check.ts';
import { independentNullCheck } from './checks/independent-null-check.ts';
import { independentViewCheck } from './checks/independent-view-check.ts';
import type { Config } from './config.ts';
import type { conjectureStages } from './conjecture-stages.ts';
import type { invariantStages } from './invariant-stages.ts';
import type { seedAnalyses } from './seed-analyses.ts';
import type { seedRuns } from './seed-runs.ts';

type Seeded = ReturnType<typeof seedRuns>;
type Result = Stage<{ readonly result: string }>;

/**
 * Both sides compute in float64 from the same weights; a difference is relative to its column's largest magnitude. numpy's
 * LAPACK and ours differ in the order of sums alone, which eigenvalues of a matrix that is not normal make larger.
 */
const tolerance = 1e-9;

/** Few, so that a build does not wait for them: where a null's mean is known, it needs none. */
const ownDraws = { views: 1, forms: 3, nulls: 6 };

const tables = [
  'independent-check',
  'independent-view-check',
  'independent-form-check',
  'independent-null-check',
] as const;

/** @param noPython why the checks cannot be made here, for the page; null where they can */
export const checkStages = (
  { seeds, shape, inference }: Config,
  { counts, runs }: Pick<Seeded, 'counts' | 'runs'>,
  { analysed }: Pick<ReturnType<typeof seedAnalyses>, 'analysed'>,
  { tested, viewTested, summary, powerOfTests }: ReturnType<typeof conjectureStages>,
  { ofSeeds, aligned }: ReturnType<typeof invariantStages>,
  {
    cumulative,
    sameStart,
  }: {
    readonly cumulative: Result;
    /** A run from V1's first draw on another text. */
    readonly sameStart: Stage<{ readonly weights: string }>;
  },
  noPython: string | null,
) => {
  if (noPython !== null) {
    return tables.map((table) => stage(table, checkNotMade, { params: { reason: noPython, table } }));
  }
  /** Inputs of each seed. */
  const each = (of: (seed: number, place: number) => Readonly<Record<string, unknown>>) =>
    Object.fromEntries(
      seeds.flatMap((seed, place) =>
        Object.entries(of(seed, place)).map(([name, input]) => [`${name}-${seed}`, input]),
      ),
    );
  const { draws, eigenvalueDraws, seed, subspace, deltas, primary, frequencyBins } = inference;
  const shared = { tolerance, seeds: [...seeds] };
  const withNulls = (place: number) => {
    const { stages } = analysed[place]!;
    return {
      twinning: stages['spectral-twinning'],
      lowRank: stages['low-rank-kernel'],
      form: stages['low-rank-form'],
      asymmetry: stages.asymmetry,
      heads: stages['asymmetry-by-head'],
      against: ofSeeds[place]!.against,
    };
  };
  return [
    stage('independent-check', independentCheck(seeds), {
      inputs: {
        cumulative,
        ...each((_, place) => ({
          ...runs[place]!.projected,
          ...withNulls(place),
          crescendo: analysed[place]!.stages['value-crescendo'],
          drift: analysed[place]!.stages['non-uniqueness'],
          geometry: ofSeeds[place]!.tables['projection-geometry'],
        })),
      },
      params: { ...shared, ropeBase: shape.ropeBase, distances: [1, 8, 64] },
    }),
    stage('independent-view-check', independentViewCheck(seeds), {
      inputs: {
        counts,
        viewTest: viewTested,
        ...each((_, place) => ({
          v1: runs[place]!.v1,
          attention: runs[place]!.attention,
          correlations: analysed[place]!.stages.correlations,
          bands: analysed[place]!.stages['band-energy'],
        })),
      },
      params: { ...shared, own: ownDraws.views, seed, subspace },
    }),
    stage('independent-form-check', independentFormCheck(seeds), {
      inputs: {
        counts,
        summary,
        power: powerOfTests,
        ...each((_, place) => ({
          v1: runs[place]!.v1,
          attention: runs[place]!.attention,
          form: tested[place]!.test,
          structure: tested[place]!.structure,
          cells: tested[place]!.cells,
        })),
      },
      params: {
        ...shared,
        own: ownDraws.forms,
        seed,
        deltas: [...deltas],
        primary: primary.delta,
        draws,
        frequencyBins,
      },
    }),
    stage('independent-null-check', independentNullCheck(seeds), {
      inputs: {
        counts,
        aligned,
        sameStart,
        ...each((_, place) => ({
          v1: runs[place]!.v1,
          ctSft: runs[place]!.projected.ctSft,
          v1Init: runs[place]!.v1Init,
          ctInit: runs[place]!.ctInit,
          ...withNulls(place),
        })),
      },
      params: {
        ...shared,
        own: ownDraws.nulls,
        seed,
        eigenvalueDraws: Math.min(draws, eigenvalueDraws),
      },
    }),
  ];
};
