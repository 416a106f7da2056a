import { expect, test } from 'vitest';
import type { RecomputedReplicate, RecomputedStage } from '../../../../src/recompute/recomputation.ts';
import { shareWork } from '../../../../src/recompute/share-work.ts';

const stage = (name: string, ...madeBy: readonly string[]): RecomputedStage => ({
  stage: name,
  code: name,
  params: {},
  inputs: Object.fromEntries(madeBy.map((from) => [from, { out: { madeBy: from, output: 'out' } }])),
  outputs: {},
});

/** One table of three runs, each of which reads counts and its own views. */
const runs = [1, 2, 3];
const summary: RecomputedReplicate = {
  seed: null,
  ...stage('summary', ...runs.map((run) => `found-${run}`)),
  before: [
    stage('counts'),
    ...runs.flatMap((run) => [
      stage(`views-${run}`, 'counts'),
      stage(`found-${run}`, 'counts', `views-${run}`),
    ]),
  ],
};

const named = (shares: ReturnType<typeof shareWork>) =>
  shares.map(({ ahead, replicates }) =>
    [...ahead, ...replicates].map((run) => [...run.before.map((of) => of.stage), run.stage].join(' ')),
  );

test('what a single table is made of is made side by side, and the first worker puts it together', () => {
  const own = (run: number): string => `counts views-${run} found-${run}`;
  expect(named(shareWork([summary], 8))).toEqual([[own(1), 'summary'], [own(2)], [own(3)]]);
  expect(named(shareWork([summary], 2))).toEqual([[own(1), own(3), 'summary'], [own(2)]]);
});

test('one processor does everything in order, and replicates are dealt out whole', () => {
  expect(shareWork([summary], 1)).toEqual([{ ahead: [], replicates: [summary] }]);
  const replicates = runs.map((run) => ({ ...summary, seed: run }));
  expect(shareWork(replicates, 2).map((share) => share.replicates.map(({ seed }) => seed))).toEqual([
    [1, 3],
    [2],
  ]);
});
