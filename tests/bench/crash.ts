/** A build killed a hundred times, at moments spread over all of it: how often the next one ends otherwise. */
import { killBuilds } from '../crash/killed-builds.ts';
import type { Bench } from './bench-row.ts';

const times = 100;

export const crashBench: Bench = async () => {
  const { undisturbed, killed } = await killBuilds(times, 17);
  const expected = JSON.stringify(undisturbed);
  const otherwise = killed.filter(({ aftermath }) => JSON.stringify(aftermath) !== expected);
  for (const { afterMs, all, aftermath } of otherwise) {
    const files = [
      ...aftermath.files.filter((path) => !undisturbed.files.includes(path)),
      ...undisturbed.files.filter((path) => !aftermath.files.includes(path)),
    ];
    console.log(
      `${all ? 'all' : 'the runner'} killed after ${afterMs.toFixed(0)} ms: ${files.join(', ') || 'other digests'}`,
    );
  }
  return [
    {
      id: 'crash.other-ends',
      value: otherwise.length,
      unit: 'builds with other digests or files',
      peer: 'promised',
      peerValue: 0,
      ratio: null,
      runs: times,
    },
  ];
};
