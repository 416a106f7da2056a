import { bandEnergies } from './band-energies.ts';
import type { ChartOf } from './chart.ts';
import { correlationDistribution } from './correlation-distribution.ts';
import { cumulativeEnergy } from './cumulative-energy.ts';
import { drift } from './drift.ts';
import { lossCurves } from './loss-curves.ts';
import { normsOverDepth } from './norms-over-depth.ts';
import { singularSpectra } from './singular-spectra.ts';

/** Every figure that a page can name. */
export const charts: Readonly<Record<string, ChartOf>> = {
  'loss-curves': lossCurves,
  'correlation-distribution': correlationDistribution,
  'band-energies': bandEnergies,
  'singular-spectra': singularSpectra,
  'norms-over-depth': normsOverDepth,
  'cumulative-energy': cumulativeEnergy,
  drift,
};

export const chartNames = Object.keys(charts);
