/** How far a walk gets: every stage in data order. */
import { type Pipeline, replicate, stage } from 'reproducible-paper/stage';
import { distances } from './distances.ts';

export const profiles = ['whole'];
export const defaultProfile = 'whole';

export const pipeline = (): Pipeline => ({
  paper: 'new-paper',
  // A verdict that turns stops the build until it is accepted.
  locked: true,
  results: [
    replicate('distances', [1, 2, 3], (name, seed) =>
      stage(name, distances, {
        params: { lengths: [16, 64, 256], persistence: 0.5, walkers: 400, draws: 99, seed },
      }),
    ),
  ],
  files: {},
});
