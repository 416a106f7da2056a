/**
 * T6 over heads, layers and seeds: the primary family, held together by Holm's method, and everything else, held by Benjamini
 * and Hochberg's. A test's effect is what is beyond its null: of a root mean square sqrt(rms^2 - E rms^2), or zero. Where the
 * positive control has planted such a view, the effect is calibrated by what it returns at known strength: to alpha.
 */

import { summariseNull } from 'reproducible-paper/numerics/summarise-null';
import {
  type Cell,
  type Column,
  nameColumn,
  numberColumn,
  type Row,
  writeResults,
} from 'reproducible-paper/results';
import { alikeInputs, defineStage } from 'reproducible-paper/stage';
import { z } from 'zod';
import { mean } from '../analyses/mean.ts';
import { benjaminiHochberg } from '../controls/benjamini-hochberg.ts';
import { holm } from '../controls/holm.ts';
import { inferenceOptions } from '../controls/inference-options.ts';
import { isPlantable, type Planting } from '../power/planting.ts';
import { type Calibration, type Calibrations, readCalibrations } from './calibration.ts';
import type { FormNullName } from './form-nulls.ts';
import { type FormTest, formTestsOf, freeTestPlace } from './form-problem.ts';
import { limitByHead } from './limit-by-head.ts';
import { type Statistic, statistics } from './null-summary.ts';
import { pooledEffect, pooledP } from './pooled-statistic.ts';
import { type FormNullsRead, readFormNulls } from './read-form-nulls.ts';
import { aloneInterval } from './run-statistic.ts';
import { traceByLayer, wholeForms } from './trace-by-layer.ts';
import { type Interval, seedInterval, type Verdict, verdictOf } from './verdict.ts';

const { level, primary, deltas, equivalence, absence } = inferenceOptions.shape;
const params = z.strictObject({ level, primary, deltas, equivalence, absence });
type Params = z.output<typeof params>;

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

const pooledTests = (seeds: readonly FormNullsRead[], { primary, deltas }: Params): readonly Pooled[] =>
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

type Corrected = Pooled & {
  readonly adjusted: number;
  /** null where no positive control has measured it. */
  readonly calibration: Calibration | null;
  readonly verdict: Verdict;
};

/** What the positive control planted of a test: a view, free of frequency, and whole; of its parts it asked nothing. */
const plantingOf = ({ form, view, frequency, part }: FormTest): Planting | null =>
  frequency === 'free' && part === 'whole' && isPlantable(view) ? { form, view } : null;

const corrected = (
  pooled: readonly Pooled[],
  { level, equivalence, absence }: Params,
  calibrations: Calibrations,
): readonly Corrected[] => {
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

const held = ({ value, draws, p }: Pooled): Cell => ({ value, null: { ...summariseNull(draws), p } });

const summaryColumns: readonly Column[] = [
  ...['form', 'frequency', 'view', 'part', 'statistic'].map(nameColumn),
  numberColumn('found'),
  nameColumn('family'),
  numberColumn('p-adjusted'),
  numberColumn('p-signs'),
  numberColumn('p-labels'),
  ...['effect', 'effect-low', 'effect-high', 'alpha', 'alpha-low', 'alpha-high'].map((id) =>
    numberColumn(id),
  ),
  ...['energy', 'energy-limit', 'carried'].map((id) => numberColumn(id)),
  nameColumn('verdict'),
];

/**
 * A mean over seeds with its interval, which for a root mean square ends at zero: what is not beyond its null has no
 * sign.
 *
 * @param alone the interval of a single seed
 */
const overSeeds = (figures: readonly number[], statistic: Statistic, alone: Interval) => {
  const { low, high } = seedInterval(figures, 0.95) ?? alone;
  return {
    mean: mean(figures),
    low: statistic === 'rms' ? Math.max(0, low) : low,
    high,
    /** The largest square that the interval allows. */
    limit: Math.max(low ** 2, high ** 2),
  };
};

const summaryRow = (of: Corrected): Row => {
  const { test, statistic, draws, effects, calibration, besideP, carried, isPrimary, adjusted, verdict } = of;
  const { sd } = summariseNull(draws);
  const alone = aloneInterval(mean(effects), sd, statistic);
  const effect = overSeeds(effects, statistic, alone);
  const alpha =
    calibration &&
    overSeeds(effects.map(calibration.alpha), statistic, {
      low: calibration.alpha(alone.low),
      high: calibration.alpha(alone.high),
    });
  return {
    form: test.form,
    frequency: test.frequency,
    view: test.view,
    part: test.part,
    statistic,
    found: held(of),
    family: isPrimary ? 'primary' : 'exploratory',
    'p-adjusted': adjusted,
    'p-signs': besideP.signs,
    'p-labels': besideP.labels,
    effect: effect.mean,
    'effect-low': effect.low,
    'effect-high': effect.high,
    alpha: alpha?.mean ?? null,
    'alpha-low': alpha?.low ?? null,
    'alpha-high': alpha?.high ?? null,
    energy: alpha && alpha.mean ** 2,
    'energy-limit': alpha?.limit ?? null,
    carried,
    verdict,
  };
};

/** The largest share of energy that an interval over trainings allows of these. */
const largestLimit = (rows: readonly Row[]): number =>
  Math.max(...rows.map((row) => Number(row['energy-limit'])));

/** The largest that any of the primary views may make up of a form, head by head. */
const largestByHead = (
  seeds: readonly FormNullsRead[],
  form: Planting['form'],
  { primary, deltas }: Params,
  calibrations: Calibrations,
): number =>
  Math.max(
    ...primary.views.map((view) =>
      limitByHead(
        seeds,
        freeTestPlace(formTestsOf(deltas), { form, view, part: 'whole' }),
        calibrations({ form, view }, 'rms'),
      ),
    ),
  );

/** The attention form free of frequency at every distance: a row a view and distance. */
const distanceRows = (all: readonly Corrected[]): Row[] => {
  const ofForm = all.filter(
    ({ test }) => test.form === 'qk' && test.frequency === 'free' && test.part === 'whole',
  );
  return ofForm
    .filter(({ statistic }) => statistic === 'mean')
    .map((mean) => {
      const rms = ofForm.find(({ test, statistic }) => test === mean.test && statistic === 'rms')!;
      return {
        view: mean.test.view,
        delta: mean.test.delta,
        mean: held(mean),
        'mean-p-adjusted': mean.adjusted,
        rms: held(rms),
        'rms-p-adjusted': rms.adjusted,
      };
    })
    .toSorted((a, b) => a.view.localeCompare(b.view) || a.delta - b.delta);
};

export const formTestSummary = defineStage({
  module: import.meta.url,
  kind: 'numeric',
  inputs: alikeInputs([], 'nulls', 'result'),
  outputs: { result: 'form-test-summary.json' },
  params,
  run: ({ params, inputs, outputs }) => {
    const seeds = Object.keys(inputs).filter((name) => name !== 'power');
    const read = seeds.map((name) => readFormNulls(inputs[name]!.nulls));
    const calibrations = readCalibrations(inputs['power']!.result, params.equivalence.t6);
    const all = corrected(pooledTests(read, params), params, calibrations);
    const nullDraws = read[0]!.draws;
    const rows = all.filter(({ test }) => test.delta === params.primary.delta).map(summaryRow);
    writeResults(outputs.result, [
      {
        kind: 'table',
        id: 'form-test-summary',
        run: 'v1, all seeds',
        keys: ['form', 'frequency', 'view', 'part', 'statistic'],
        columns: [...summaryColumns],
        rows,
        nullDraws,
      },
      {
        kind: 'table',
        id: 'form-test-by-distance',
        run: 'v1, all seeds',
        keys: ['view', 'delta'],
        columns: [
          nameColumn('view'),
          nameColumn('delta'),
          ...['mean', 'mean-p-adjusted', 'rms', 'rms-p-adjusted'].map((id) => numberColumn(id)),
        ],
        rows: distanceRows(all),
        nullDraws,
      },
      traceByLayer(read, params),
      wholeForms(read, params),
      {
        kind: 'value',
        id: 'trace-limit',
        unit: null,
        value: largestLimit(rows.filter(({ family }) => family === 'primary')),
      },
      {
        kind: 'value',
        id: 'copied-limit',
        unit: null,
        value: largestLimit(rows.filter(({ form, alpha }) => form === 'ov' && alpha !== null)),
      },
      ...Object.entries({ 'trace-limit-by-head': 'qk', 'copied-limit-by-head': 'ov' } as const).map(
        ([id, form]) =>
          ({
            kind: 'value',
            id,
            unit: null,
            value: largestByHead(read, form, params, calibrations),
          }) as const,
      ),
      { kind: 'value', id: 'form-draws', unit: 'draws', value: nullDraws },
    ]);
  },
});

/** The stage's code over so many seeds. */
export const formTestSummaryOf = (seeds: readonly string[]): typeof formTestSummary => ({
  ...formTestSummary,
  inputs: { ...alikeInputs(seeds, 'nulls'), ...alikeInputs(['power'], 'result') },
});
