import { z } from 'zod';
import { readUntrainedLosses, untrainedLosses } from './evaluate-untrained.ts';
import { gatherLosses } from './gather-losses.ts';

const schema = z.array(untrainedLosses);

/** Losses of the untrained models, one record a seed, the first seed's first. */
export type UntrainedLosses = z.output<typeof schema>;

export const {
  stage: gatherUntrained,
  over: gatherUntrainedOf,
  readAll: readAllUntrained,
} = gatherLosses(import.meta.url, {
  input: 'losses',
  file: 'untrained-losses.json',
  read: readUntrainedLosses,
  schema,
});
