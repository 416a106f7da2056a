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
import { mean } from '../analyses/mean.ts';
import type { Planting } from '../power/planting.ts';
import { type Calibrations, readCalibrations } from './calibration.ts';
import { type CorrectedTest, correctedTests, type Inference, inference } from './corrected-tests.ts';
import { formTestsOf, freeTestPlace } from './form-problem.ts';
import { limitByHead } from './limit-by-head.ts';
import type { Statistic } from './null-summary.ts';
import { type FormNullsRead, readFormNulls } from './read-form-nulls.ts';
import { aloneInterval } from './run-statistic.ts';
import { traceByLayer, wholeForms } from './trace-by-layer.ts';
import { type Interval, seedInterval } from './verdict.ts';

const held = ({ value, draws, p }: CorrectedTest): Cell => ({ value, null: { ...summariseNull(draws), p } });

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

const summaryRow = (of: CorrectedTest): Row => {
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
  { primary, deltas }: Inference,
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
const distanceRows = (all: readonly CorrectedTest[]): Row[] => {
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
  params: inference,
  run: ({ params, inputs, outputs }) => {
    const seeds = Object.keys(inputs).filter((name) => name !== 'power');
    const read = seeds.map((name) => readFormNulls(inputs[name]!.nulls));
    const calibrations = readCalibrations(inputs['power']!.result, params.equivalence.t6);
    const all = correctedTests(read, params, calibrations);
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
