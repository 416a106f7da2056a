import { join } from 'node:path';
import { backendEnvironment } from 'reproducible-paper/tensor/numeric-backend';
import { mallocSettings } from '../../../../scripts/malloc-settings.mjs';
import { startTimedProcess, type TimedProcess } from '../../../../tests/bench/timed-process.ts';

/** What a training step is measured for. */
export interface TrainingSize {
  readonly layers: number;
  readonly width: number;
  readonly heads: number;
  readonly vocabulary: number;
  readonly length: number;
  /** Sequences a step. */
  readonly batch: number;
}

export const paperSize: TrainingSize = {
  layers: 8,
  width: 256,
  heads: 8,
  vocabulary: 15_007,
  length: 256,
  batch: 4,
};

export const threads = 2;

/** Our training step in a process of its own, with the environment that the build gives to a training. */
export const startOurTraining = (): TimedProcess =>
  startTimedProcess(process.execPath, [join(import.meta.dirname, 'our-training-step.ts')], {
    ...mallocSettings,
    ...backendEnvironment(threads),
  });
