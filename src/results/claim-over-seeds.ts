/** Claims over seeds: a statement about each single one, or about their mean. */

import { summariseSeeds } from '../numerics/summarise-seeds.ts';
import { type Assessment, all } from './claim.ts';
import type { ResultReader } from './result-reader.ts';

type Assess = (results: ResultReader) => Assessment;

/** What was stated in place of a spread over seeds gives way to the spread itself. */
const withNoise = ({ seedNoise: _, ...found }: Assessment, spread: number): Assessment => ({
  ...found,
  noise: Math.max(found.noise, spread),
});

/**
 * Holds only if it holds in every seed: the margin is the smallest. A stated noise of seeds becomes the standard
 * deviation of the margins; the noise of a null stays.
 */
export const inEverySeed =
  (assess: Assess): Assess =>
  ({ seeds }) => {
    const found = seeds.map((ofSeed) => {
      const assessment = assess(ofSeed);
      return seeds.length === 1
        ? assessment
        : { ...assessment, evidence: `seed ${ofSeed.seed}: ${assessment.evidence}` };
    });
    const first = found[0]!;
    if (found.length === 1) return first;
    const weakest = all(`${first.predicate}, in every seed`, found);
    const { sd } = summariseSeeds(found.map(({ margin }) => margin));
    return withNoise(weakest, first.seedNoise === undefined ? 0 : sd);
  };

/**
 * Holds if it holds on average: the margin is the mean over seeds, and half of that mean's 95 % interval is its
 * noise, unless the noise of a null is larger.
 */
export const onAverage =
  (assess: Assess): Assess =>
  ({ seeds }) => {
    const found = seeds.map(assess);
    const first = found[0]!;
    if (found.length === 1) return first;
    const { mean, halfWidth } = summariseSeeds(found.map(({ margin }) => margin));
    return withNoise(
      {
        ...first,
        predicate: `${first.predicate}, on average over seeds`,
        evidence: seeds.map(({ seed }, place) => `seed ${seed}: ${found[place]!.evidence}`).join('; '),
        margin: mean,
      },
      halfWidth,
    );
  };
