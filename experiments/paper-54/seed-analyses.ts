/** Paper 54's own tables of every seed, each with its null: part of the pipeline's table of contents. */
import { stage } from 'reproducible-paper/stage';
import { asymmetry } from './analyses/asymmetry.ts';
import { asymmetryByHead } from './analyses/asymmetry-by-head.ts';
import { bandEnergy } from './analyses/band-energy.ts';
import { correlationVariants } from './analyses/correlation-variants.ts';
import { correlations } from './analyses/correlations.ts';
import { gaussianFigures } from './analyses/gaussian-figures.ts';
import { lowRankForm, lowRankKernel } from './analyses/low-rank-kernel.ts';
import { nonUniqueness } from './analyses/non-uniqueness.ts';
import { spectralTwinning } from './analyses/spectral-twinning.ts';
import { summaryCorrelations } from './analyses/summary-correlations.ts';
import { summaryInvariants } from './analyses/summary-invariants.ts';
import { valueCrescendo, valueCrescendoInit } from './analyses/value-crescendo.ts';
import type { Config } from './config.ts';
import type { Kept } from './kept.ts';
import type { seedRuns } from './seed-runs.ts';

type Runs = ReturnType<typeof seedRuns>['runs'];

/** By table, of every seed; and what Gaussian matrices give for figures without scale, which other tables read too. */
export const seedAnalyses = ({ shape, inference }: Config, runs: Runs, kept: Kept) => {
  const width = shape.dModel;
  // What chance gives depends on a shape alone: drawn once, and read beside every run of that shape.
  const chance = stage('gaussian-figures', gaussianFigures, {
    params: { dModel: width, nHeads: shape.nHeads, draws: inference.draws, seed: inference.seed },
    ...kept(['figures'], 2),
  });

  const analysed = runs.map(({ seed, named, v1, v1Init, projected, views }) => {
    const correlated = stage(named('correlations'), correlations, {
      inputs: { v1, views },
    });
    const free = { inputs: { v1, null: chance } };
    const twinning = stage(named('spectral-twinning'), spectralTwinning, free);
    const initNorms = stage(named('value-crescendo-init'), valueCrescendoInit, { inputs: { init: v1Init } });
    const crescendo = stage(named('value-crescendo'), valueCrescendo, { inputs: { v1, init: initNorms } });
    const lowRank = stage(named('low-rank-kernel'), lowRankKernel, free);
    const form = stage(named('asymmetry'), asymmetry, free);
    const drift = stage(named('non-uniqueness'), nonUniqueness, { inputs: projected });
    const stages = {
      correlations: correlated,
      'correlation-variants': stage(named('correlation-variants'), correlationVariants, {
        inputs: { v1, views },
      }),
      'summary-correlations': stage(named('summary-correlations'), summaryCorrelations, {
        inputs: { correlations: correlated, nonUniqueness: drift },
        params: { entries: width * width },
      }),
      'band-energy': stage(named('band-energy'), bandEnergy, { inputs: { v1, views } }),
      'spectral-twinning': twinning,
      'value-crescendo': crescendo,
      'low-rank-kernel': lowRank,
      'low-rank-form': stage(named('low-rank-form'), lowRankForm, free),
      asymmetry: form,
      'asymmetry-by-head': stage(named('asymmetry-by-head'), asymmetryByHead, free),
      'non-uniqueness': drift,
      'summary-invariants': stage(named('summary-invariants'), summaryInvariants, {
        inputs: { twinning, crescendo, lowRank, asymmetry: form, nonUniqueness: drift },
      }),
    };
    return { seed, stages };
  });

  return { analysed, chance };
};
