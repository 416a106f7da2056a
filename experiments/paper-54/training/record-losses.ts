import { z } from 'zod';
import { gatherLosses } from './gather-losses.ts';
import { readCurve, runCurve } from './run-curve.ts';

const schema = z.array(runCurve.pick({ run: true, seed: true, best: true, last: true }));

/** What each training recorded of its finished weights. */
export type RecordedLosses = z.output<typeof schema>;

export const {
  stage: recordLosses,
  over: recordLossesOf,
  readAll: readRecordedLosses,
} = gatherLosses(import.meta.url, {
  input: 'curve',
  file: 'recorded-losses.json',
  read: readCurve,
  schema,
});
