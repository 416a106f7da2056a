import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { alikeInputs, defineStage } from '../../../src/engine/define-stage.ts';
import { readCurve, runCurve } from './run-curve.ts';

const recordedLosses = z.array(runCurve.pick({ run: true, seed: true, best: true, last: true }));

/** What each training recorded of its finished weights. */
export type RecordedLosses = z.output<typeof recordedLosses>;

/** The same of all runs and seeds in one file, in the order of the inputs. */
export const recordLosses = defineStage({
  module: import.meta.url,
  exportName: 'recordLosses',
  kind: 'exact',
  inputs: alikeInputs([], 'curve'),
  outputs: { losses: 'recorded-losses.json' },
  params: z.strictObject({}),
  run: ({ inputs, outputs }) => {
    const losses = Object.values(inputs).map(({ curve }) => readCurve(curve));
    writeFileSync(outputs.losses, JSON.stringify(recordedLosses.parse(losses)));
  },
});

/** The stage's code over so many curves. */
export const recordLossesOf = (names: readonly string[]): typeof recordLosses => ({
  ...recordLosses,
  inputs: alikeInputs(names, 'curve'),
});

export const readRecordedLosses = (path: string): RecordedLosses =>
  recordedLosses.parse(JSON.parse(readFileSync(path, 'utf8')));
