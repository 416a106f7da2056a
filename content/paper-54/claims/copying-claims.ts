/** What the forms by which heads copy hold of the counts, and whether all that was planted is returned alike. */
import {
  type Assessment,
  above,
  all,
  below,
  type Claims,
  type ResultReader,
  significant,
} from 'reproducible-paper/claims';
import { besideTrainings } from './beside-trainings.ts';
import { conjectured, powerOfForms, words } from './form-power.ts';
import { level } from './level.ts';

/**
 * @param name the column of the figure
 * @param interval of which the interval over runs is
 */
const copyingExceeds =
  (name: 'found' | 'alpha', interval: 'effect' | 'alpha') =>
  ({ cell }: ResultReader): Assessment =>
    all(
      'copying forms are nearer to each of the three views than comparing ones, by their means over heads, apart by more than runs differ',
      conjectured.map((view) => {
        const of = (form: string, column: string) =>
          cell('form-test-summary', `${form}-free-${view}-whole-mean`, column);
        const half = (form: string) => (of(form, `${interval}-high`) - of(form, `${interval}-low`)) / 2;
        const sd = of('ov', 'found-null-sd');
        return above(of('ov', name), of('qk', name), {
          predicate: '',
          of: words[view],
          per: sd,
          unit: 'null sd',
          noise: Math.hypot(half('ov'), half('qk')) / sd,
        });
      }),
    );

export const copyingClaims: Claims = {
  'copying-holds-more': {
    noSeeds: 'the intervals over runs of both figures are its noise',
    assess: copyingExceeds('found', 'effect'),
    noPower: 'two kinds of form are compared: no difference between them was planted',
    readings: { 'as strengths, each by what was planted in its form': copyingExceeds('alpha', 'alpha') },
  },
  'copying-holds-the-counts': {
    assess: (results) => {
      const { cell, value } = results;
      const p = (view: string, null_: 'adjusted' | 'labels') =>
        cell('form-test-summary', `ov-free-${view}-whole-rms`, `p-${null_}`);
      const draws = value('form-draws');
      return all(
        'each of the three views is in copying forms beyond forms rotated at random, corrected among all that was explored, and beyond labels of tokens permuted among equally frequent ones, by its root mean square',
        conjectured.flatMap((view) =>
          [
            significant(p(view, 'adjusted'), {
              predicate: '',
              of: words[view],
              level,
              draws,
              correctedOver: 'all tests that were explored',
            }),
            significant(p(view, 'labels'), { predicate: '', of: `${words[view]}, by labels,`, level, draws }),
          ].map((found) => besideTrainings(results, `ov-free-${view}-whole-rms`, found)),
        ),
      );
    },
    power: powerOfForms('0.05', 'ov'),
  },
  // One trial shows its own scatter; of a mean over a hundred the noise is that of a difference of two such means.
  'plantings-return-alike': {
    noSeeds: 'views were planted in one run',
    assess: ({ column, value }) =>
      below(Math.max(...column('calibrations', 'apart').numbers.map(Math.abs)), 1, {
        predicate:
          'whichever view is planted at the bound, in either form, what is returned of it differs by less than trials scatter',
        per: 1,
        unit: 'standard deviations of a trial',
        noise: 2 * Math.sqrt(2 / value('power-trials')),
      }),
    noPower: 'what was planted is compared with itself: nothing is tested that it could have missed',
  },
};
