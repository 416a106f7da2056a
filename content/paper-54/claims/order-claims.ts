/** Whether what heads compare tells which of two neighbours comes first. */
import { type Assessment, type Claims, type ResultReader, significant } from 'reproducible-paper/claims';
import { besideTrainings } from './beside-trainings.ts';
import { permutedLabels, type statistics, wordsOf } from './form-power.ts';
import { level } from './level.ts';

const orderNulls = {
  adjusted: 'forms rotated at random',
  signs: 'random signs in the eigenbasis of the embedding',
  labels: permutedLabels,
};

/** Who comes first of two neighbours is in the antisymmetric part of the view alone. */
const orderShows =
  (statistic: (typeof statistics)[number], p: 'adjusted' | 'signs' | 'labels' = 'adjusted') =>
  (results: ResultReader): Assessment => {
    const row = `qk-free-k-2-antisymmetric-${statistic}`;
    const found = significant(results.cell('form-test-summary', row, `p-${p}`), {
      predicate: `the order of neighbours is in attention's forms beyond ${orderNulls[p]}, by the ${wordsOf[statistic]} over heads`,
      level,
      draws: results.value('form-draws'),
    });
    return besideTrainings(results, row, found);
  };

/** Neither of these was planned for it. */
const orderReadings = (statistic: (typeof statistics)[number]) => ({
  'against random signs': orderShows(statistic, 'signs'),
  'against permuted labels': orderShows(statistic, 'labels'),
});

const orderWasNotPlanted =
  'of antisymmetric parts nothing was planted: what is not found is not detected, no more';

export const orderClaims: Claims = {
  'order-shows-in-the-mean': {
    assess: orderShows('mean'),
    noPower: orderWasNotPlanted,
    readings: orderReadings('mean'),
  },
  'order-shows-in-heads': {
    assess: orderShows('rms'),
    noPower: orderWasNotPlanted,
    readings: orderReadings('rms'),
  },
};
