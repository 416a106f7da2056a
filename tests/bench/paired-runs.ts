import { setTimeout as pause } from 'node:timers/promises';
import { quantile } from '../../src/numerics/summarise-null.ts';
import type { BenchRow } from './bench-row.ts';

/** Threads that wait for more work spin for a while: one side's must not slow the other's run down. */
const settleMs = 500;

const settled = async (run: () => Promise<number>): Promise<number> => {
  await pause(settleMs);
  return run();
};

export const median = (values: readonly number[]): number => quantile(values, 0.5);

/**
 * Ours and theirs in turn, so that what slows the machine down slows both: each gives the duration of one run.
 * Who begins changes from pair to pair. The first pair warms up and is not counted.
 */
export const pairedRuns = async (
  ours: () => Promise<number>,
  theirs: () => Promise<number>,
  runs = 7,
): Promise<Pick<BenchRow, 'value' | 'peerValue' | 'ratio' | 'quartiles' | 'runs'>> => {
  await ours();
  await theirs();
  const pairs: { readonly our: number; readonly their: number }[] = [];
  for (let run = 0; run < runs; run += 1) {
    if (run % 2 === 0) {
      const our = await settled(ours);
      pairs.push({ our, their: await settled(theirs) });
    } else {
      const their = await settled(theirs);
      pairs.push({ our: await settled(ours), their });
    }
  }
  const ratios = pairs.map(({ our, their }) => our / their);
  return {
    value: median(pairs.map(({ our }) => our)),
    peerValue: median(pairs.map(({ their }) => their)),
    ratio: median(ratios),
    quartiles: [quantile(ratios, 0.25), quantile(ratios, 0.75)],
    runs,
  };
};
