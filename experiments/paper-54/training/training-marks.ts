import { sha256, type WitnessMark } from 'reproducible-paper/stage';
import type { Parameters } from '../model/parameters.ts';
import type { CurvePoint } from './run-curve.ts';

export const digestsOf = (parameters: Parameters): Record<string, string> =>
  Object.fromEntries([...parameters].map(([name, data]) => [name, sha256(data).slice(0, 16)]));

/** Names of numbers carry the part's, since each part has tolerances of its own. */
export const markOf = (part: string, point: CurvePoint, trained: () => Parameters): WitnessMark => ({
  at: `step ${point.step}`,
  numbers: {
    [`${part}-loss`]: point.trainLossNats,
    [`${part}-gradient-norm`]: point.gradientNorm,
    ...(point.heldOutLossNats === undefined ? {} : { [`${part}-held-out-loss`]: point.heldOutLossNats }),
  },
  digests: digestsOf(trained()),
});

/** Stops a training on purpose. */
export class Killed extends Error {}

/** A training that is stopped on purpose. */
export const untilKilled = (training: Promise<unknown>): Promise<unknown> =>
  training.catch((error: unknown) => {
    if (!(error instanceof Killed)) throw error;
  });
