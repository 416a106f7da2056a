/** The invariants against their nulls, over seeds: part of the pipeline's table of contents. */
import { type Replicated, replicate, type Stage, stage } from '../../src/engine/stage/index.ts';
import { invariantsAgainstNulls } from './analyses/invariants-against-nulls.ts';
import type { Config } from './config.ts';
import { gaussianFigures } from './controls/gaussian-figures.ts';
import { spectraNulls } from './controls/spectra-nulls.ts';
import { projections } from './model/projections.ts';

type Weights = Stage<{ readonly weights: string }>;
type Init = Stage<{ readonly init: string }>;
type Result = Stage<{ readonly result: string }>;

/** One seed's runs. */
export interface SeedRuns {
  readonly seed: number;
  readonly named: (name: string) => string;
  readonly v1: Weights;
  readonly v1Init: Init;
}

/** Publishes outputs of a stage that is too long for a build. */
export type Kept = <const Output extends string>(
  outputs: readonly Output[],
  expectedMinutes: number,
) => { readonly published?: { readonly outputs: readonly Output[]; readonly expectedMs: number } };

/** Eigenvalues take twice the time of everything else: a real share's null is of so many draws at most. */
const eigenvalueDraws = 99;

/** Results a seed, as one result where there is one seed alone. */
export const overSeeds = (
  name: string,
  seeds: readonly number[],
  of: (seed: number) => Result,
): Result | Replicated<{ readonly result: string }> =>
  seeds.length === 1 ? of(seeds[0]!) : replicate(name, seeds, (_, seed) => of(seed));

export const invariantStages = (
  { shape, inference: { draws, seed }, seeds }: Config,
  runs: readonly SeedRuns[],
  kept: Kept,
  threads: number,
) => {
  const gaussian = stage('gaussian-figures', gaussianFigures, {
    params: { dModel: shape.dModel, nHeads: shape.nHeads, draws, seed },
    threads,
    ...kept(['figures'], 4),
  });
  const ofSeeds = runs.map((run) => {
    const own = stage(run.named('projections'), projections, { inputs: { run: run.v1 } });
    const nulls = stage(run.named('spectra-nulls'), spectraNulls, {
      inputs: { run: own },
      params: { draws, eigenvalueDraws, seed },
      threads,
      ...kept(['nulls'], 6),
    });
    const against = stage(run.named('invariants-against-nulls'), invariantsAgainstNulls, {
      inputs: { run: own, init: run.v1Init, nulls, gaussian },
    });
    return { seed: run.seed, own, against };
  });
  const against = (of: number) => ofSeeds.find((run) => run.seed === of)!.against;
  return { ofSeeds, results: [overSeeds('invariants-against-nulls', seeds, against)] };
};
