/** T6's tests, pooled over seeds and corrected within their families. */
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { benjaminiHochberg } from '../controls/benjamini-hochberg.ts';
import { holm } from '../controls/holm.ts';
import { inferenceOptions } from '../controls/inference-options.ts';
import { isPlantable, type Planting } from '../power/planting.ts';
import type { Calibration, Calibrations } from './calibration.ts';
import type { FormNullName } from './form-nulls.ts';
import { type FormTest, formTestsOf } from './form-problem.ts';
import { type Statistic, statistics } from './null-summary.ts';
import { pooledEffect, pooledP } from './pooled-statistic.ts';
import type { FormNullsRead } from './read-form-nulls.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const { level, primary, deltas, equivalence, absence } = inferenceOptions.shape;
/** What the tests are decided by. */
export const inference = z.strictObject({ level, primary, deltas, equivalence, absence });
export type Inference = z.output<typeof inference>;

/** One statistic of one test, pooled over seeds. */
interface Pooled {
  readonly test: FormTest;
  readonly statistic: Statistic;
  readonly value: number;
  /** [draws] */
  readonly draws: readonly number[];
  readonly p: number;
  readonly besideP: Readonly<Record<'signs' | 'labels', number | null>>;
  /** One a seed, in the statistic's own units. */
  readonly effects: readonly number[];
  readonly carried: number | null;
  readonly isPrimary: boolean;
}

/** The mean over seeds, draw by draw; null where the null says nothing. */
const poolSeeds = (
  seeds: readonly FormNullsRead[],
  name: FormNullName,
  test: number,
  statistic: Statistic,
): readonly number[] | null => {
  const found = seeds.map((seed) => seed.pooled(name, test, statistic));
  const known = found.filter((ofSeed) => ofSeed !== null);
  if (known.length < found.length) return null;
  return Array.from(known[0]!, (_, draw) => mean(known.map((ofSeed) => ofSeed[draw]!)));
};

const pooledTests = (seeds: readonly FormNullsRead[], { primary, deltas }: Inference): readonly Pooled[] =>
  formTestsOf(deltas).flatMap((test, place) =>
    statistics.map((statistic): Pooled => {
      const haar = poolSeeds(seeds, 'haar', place, statistic)!;
      const beside = (name: FormNullName): number | null => {
        const found = poolSeeds(seeds, name, place, statistic);
        return found && pooledP(statistic, found);
      };
      const carried = seeds.map((seed) => seed.carried[place]).filter((of) => typeof of === 'number');
      return {
        test,
        statistic,
        value: haar[0]!,
        draws: haar.slice(1),
        p: pooledP(statistic, haar),
        besideP: { signs: beside('signs'), labels: beside('labels') },
        effects: seeds.map((seed) => pooledEffect(statistic, seed.pooled('haar', place, statistic)!)),
        carried: carried.length < seeds.length ? null : mean(carried),
        isPrimary:
          test.form === 'qk' &&
          test.frequency === 'free' &&
          test.part === 'whole' &&
          test.delta === primary.delta &&
          (primary.views as readonly string[]).includes(test.view) &&
          primary.statistics.includes(statistic),
      };
    }),
  );

export type CorrectedTest = Pooled & {
  readonly adjusted: number;
  /** null where no positive control has measured it. */
  readonly calibration: Calibration | null;
  readonly verdict: Verdict;
};

/** What the positive control planted of a test: a view, free of frequency, and whole; of its parts it asked nothing. */
const plantingOf = ({ form, view, frequency, part }: FormTest): Planting | null =>
  frequency === 'free' && part === 'whole' && isPlantable(view) ? { form, view } : null;

/** Every statistic of every test, each with its p-value as its family corrects it, and what that comes to. */
export const correctedTests = (
  seeds: readonly FormNullsRead[],
  options: Inference,
  calibrations: Calibrations,
): readonly CorrectedTest[] => {
  const { level, equivalence, absence } = options;
  const pooled = pooledTests(seeds, options);
  const families = [
    [pooled.filter(({ isPrimary }) => isPrimary), holm],
    [pooled.filter(({ isPrimary }) => !isPrimary), benjaminiHochberg],
  ] as const;
  const adjusted = new Map(
    families.flatMap(([family, correct]) => {
      const p = correct(family.map((of) => of.p));
      return family.map((of, at) => [of, p[at]!] as const);
    }),
  );
  const rule = { level, bound: equivalence.t6, power: absence.power };
  return pooled.map((of) => {
    const p = adjusted.get(of)!;
    const planting = plantingOf(of.test);
    const calibration = planting && calibrations(planting, of.statistic);
    const alphas = calibration && of.effects.map(calibration.alpha);
    const leastP = (of.isPrimary ? families[0][0].length : 1) / (1 + of.draws.length);
    return {
      ...of,
      adjusted: p,
      calibration,
      verdict: verdictOf({ p, effects: of.effects, alphas, power: calibration?.power ?? null, leastP }, rule),
    };
  });
};
