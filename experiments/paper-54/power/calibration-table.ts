/**
 * What each statistic of T6 returns of each planting at the bound, and how far that lies from what it returns of the view
 * that was planted first, by which all were read until the others were planted.
 */
import { nameColumn, numberColumn, type ResultInput } from 'reproducible-paper/results';
import { strengthOf } from '../forms/calibration.ts';
import { statistics } from '../forms/null-summary.ts';
import { firstPlanting, plantedTest, plantings } from './planting.ts';
import type { PowerPoint } from './power-points.ts';

/** @param bound where it is none of the strengths that were tried, there is nothing to tell */
export const calibrationTable = (points: readonly PowerPoint[], bound: number): ResultInput => {
  const at = (test: string) => points.find((point) => point.test === test && point.alpha === bound);
  return {
    kind: 'table',
    id: 'calibrations',
    run: 'v1, a view planted',
    keys: ['form', 'view', 'statistic'],
    columns: [
      ...['form', 'view', 'statistic'].map(nameColumn),
      ...['returned', 'returned-sd', 'power', 'power-low', 'by-first', 'apart'].map((id) => numberColumn(id)),
    ],
    rows: plantings.flatMap((planting) =>
      statistics.flatMap((statistic) => {
        const test = plantedTest(firstPlanting, statistic);
        const [own, first] = [at(plantedTest(planting, statistic)), at(test)];
        if (!own || !first) return [];
        return {
          ...planting,
          statistic,
          returned: own.estimate,
          'returned-sd': own.estimateSd,
          power: own.power,
          'power-low': own.low,
          // The strength that the first one's curve gives it.
          'by-first': strengthOf(points.filter((point) => point.test === test))(own.estimate),
          // In standard deviations of a trial.
          apart: (own.estimate - first.estimate) / first.estimateSd,
        };
      }),
    ),
  };
};
