import type { Witness } from '../run/stage-protocol.ts';
import type { WitnessMark } from '../stage/define-stage.ts';

/** The first place where a replay differs from the witness. */
export interface WitnessDifference {
  /** For example `miniature, step 210, loss`. */
  readonly where: string;
  readonly expected: string;
  readonly received: string;
}

/** Equal bits are asked for on the machine class of the witness; elsewhere numbers within their tolerance. */
export type Comparison = 'equal bits' | 'tolerance';

const named = <T>(
  expected: Readonly<Record<string, T>>,
  received: Readonly<Record<string, T>>,
  differ: (expected: T, received: T, name: string) => boolean,
): readonly [name: string, expected: string, received: string] | undefined => {
  for (const name of Object.keys({ ...expected, ...received })) {
    const [before, now] = [expected[name], received[name]];
    if (before === undefined || now === undefined || differ(before, now, name)) {
      return [name, String(before ?? 'nothing'), String(now ?? 'nothing')];
    }
  }
  return undefined;
};

const compareMarks = (
  before: WitnessMark,
  now: WitnessMark,
  tolerance: Witness['tolerance'],
  by: Comparison,
) =>
  named(
    before.numbers,
    now.numbers,
    (a, b, name) => a !== b && (by === 'equal bits' || !(Math.abs(a - b) <= (tolerance[name] ?? 0))),
  ) ?? (by === 'equal bits' ? named(before.digests, now.digests, (a, b) => a !== b) : undefined);

/**
 * Compares the replayed parts with those of the witness, mark by mark: numbers, then digests.
 *
 * @param expected what was kept; its tolerance holds, whatever the code of today declares
 * @param received a replay of some of its parts
 */
export const compareWitness = (
  expected: Witness,
  received: Witness,
  by: Comparison,
): WitnessDifference | undefined => {
  for (const { id, marks } of received.parts) {
    const before = expected.parts.find((part) => part.id === id)?.marks ?? [];
    for (let index = 0; index < Math.max(before.length, marks.length); index += 1) {
      const [a, b] = [before[index], marks[index]];
      if (!a || !b || a.at !== b.at) {
        const place = `${id}, mark ${index + 1}`;
        return { where: place, expected: a?.at ?? 'no mark', received: b?.at ?? 'no mark' };
      }
      const found = compareMarks(a, b, expected.tolerance, by);
      if (found) return { where: `${id}, ${a.at}, ${found[0]}`, expected: found[1], received: found[2] };
    }
  }
  return undefined;
};
