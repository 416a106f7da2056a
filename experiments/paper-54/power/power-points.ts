/**
 * What a set of trials says of its tests, by strength: how often each finds what is planted, and what it returns of it. A
 * test of the law finds by that law; the others by the trials of the same strength whose stream is turned once more.
 */
import { float64Of, readSafetensors } from 'reproducible-paper/numerics/safetensors';
import { mean } from '../analyses/mean.ts';
import { meanAbsLaw } from '../controls/exact-correlation.ts';
import { proportionInterval } from '../controls/proportion-interval.ts';
import { twoSidedP, upperP } from '../forms/p-values.ts';
import { lawTests } from './trial-figures.ts';

export interface Trials {
  readonly trials: number;
  readonly entries: number;
  readonly layers: number;
  readonly observed: (trial: number, strength: number, test: number) => number;
  readonly turned: (trial: number, strength: number, test: number) => number;
}

export const readTrials = (path: string, strengths: number, tests: number): Trials => {
  const file = readSafetensors(path);
  const [observed, turned] = [float64Of(file, 'observed'), float64Of(file, 'turned')];
  const at = (trial: number, strength: number, test: number): number =>
    (trial * strengths + strength) * tests + test;
  return {
    trials: Number(file.metadata['trials']),
    entries: Number(file.metadata['entries']),
    layers: Number(file.metadata['layers']),
    observed: (...place) => observed[at(...place)]!,
    turned: (...place) => turned[at(...place)]!,
  };
};

export interface PowerPoint {
  readonly test: string;
  readonly alpha: number;
  readonly power: number;
  readonly low: number;
  readonly high: number;
  readonly estimate: number;
  readonly estimateSd: number;
}

const isByLaw = (test: string): boolean => (lawTests as readonly string[]).includes(test);

/** What a run's figures say, by trial: p-values, and estimates, in the test's own units. */
const judge = (
  test: string,
  observed: readonly number[],
  turned: readonly number[],
  law: ReturnType<typeof meanAbsLaw> | null,
): { readonly p: readonly number[]; readonly estimates: readonly number[] } => {
  if (law && isByLaw(test)) return { p: observed.map(law.upperP), estimates: observed };
  const centre = mean(turned);
  if (test.endsWith('-rms')) {
    const square = mean(turned.map((x) => x * x));
    return {
      p: observed.map((figure) => upperP(figure, turned)),
      estimates: observed.map((figure) => Math.sqrt(Math.max(0, figure * figure - square))),
    };
  }
  const isSigned = test.startsWith('t6');
  return {
    p: observed.map((figure) => (isSigned ? twoSidedP(figure, turned, centre) : upperP(figure, turned))),
    estimates: observed.map((figure) => figure - centre),
  };
};

export const pointsOf = (
  tests: readonly string[],
  kept: Trials,
  strengths: readonly number[],
  level: number,
): PowerPoint[] => {
  // The law takes a while, and most sets have no test that finds by it.
  const law = tests.some(isByLaw) ? meanAbsLaw(kept.entries, kept.layers) : null;
  return tests.flatMap((test, place) =>
    strengths.map((alpha, strength) => {
      const all = (of: Trials['observed']): number[] =>
        Array.from({ length: kept.trials }, (_, trial) => of(trial, strength, place));
      const { p, estimates } = judge(test, all(kept.observed), all(kept.turned), law);
      const found = p.filter((one) => one <= level).length;
      const estimate = mean(estimates);
      const squares = estimates.reduce((sum, x) => sum + (x - estimate) ** 2, 0);
      return {
        test,
        alpha,
        power: found / kept.trials,
        ...proportionInterval(found, kept.trials),
        estimate,
        estimateSd: Math.sqrt(squares / (kept.trials - 1)),
      };
    }),
  );
};

/**
 * The strength from which on a test finds at least this share, between strengths by the logarithm of alpha.
 *
 * @param points of one test by strength, ascending
 * @returns null where none has it
 */
export const strengthFor = (
  points: readonly Pick<PowerPoint, 'alpha' | 'power'>[],
  power: number,
): number | null => {
  const at = points.findLastIndex((point) => point.power < power) + 1;
  const found = points[at];
  if (!found) return null;
  const before = points[at - 1];
  if (!before || !(before.alpha > 0)) return found.alpha;
  const share = (power - before.power) / (found.power - before.power);
  return before.alpha * (found.alpha / before.alpha) ** share;
};
