/** The longest run of heads: every stage in data order. */
import { type Pipeline, replicate, stage } from 'reproducible-paper/stage';
import { growth } from './growth.ts';
import { longestRuns } from './longest-runs.ts';

// #region profiles
const coin = { heads: 0.6, rows: 100, draws: 99 };

const configs = {
  whole: { ...coin, throws: [64, 256, 1_024], seeds: [1, 2, 3] },
  quick: { ...coin, throws: [64, 128], seeds: [1, 2] },
  long: { ...coin, throws: [64, 256, 1_024, 4_096], seeds: [1, 2, 3] },
};

export const profiles = ['whole', 'quick', 'long'] as const;
export const defaultProfile = 'whole';
export const fromZero = 'quick';
// #endregion

// #region pipeline
export const pipeline = (profile: (typeof profiles)[number]): Pipeline => {
  const { seeds, ...params } = configs[profile];
  const runs = replicate('longest-runs', seeds, (name, seed) =>
    stage(name, longestRuns, { params: { ...params, seed }, ...kept(profile) }),
  );
  const runsOf = new Map(runs.replicates.map((run) => [run.seed, run.stage]));
  return {
    paper: 'guide',
    // A verdict that turns stops the build until it is accepted.
    locked: profile === 'whole',
    results: [
      runs,
      replicate('growth', seeds, (name, seed) =>
        stage(name, growth, { inputs: { runs: runsOf.get(seed)! } }),
      ),
    ],
    files: {},
  };
};
// #endregion

// #region published
/** What is too long for a build is made by `npm run train`, and kept in experiments/<paper>/published. */
const kept = (profile: (typeof profiles)[number]) =>
  profile === 'long' ? { published: { outputs: ['result'] as const, expectedMs: 5_000 } } : {};
// #endregion
