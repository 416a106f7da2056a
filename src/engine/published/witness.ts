/** A witness: what short runs of a stage saw, kept with what is published and compared with what later code sees. */
import { z } from 'zod';
import { digestOf } from '../keys/digest.ts';
import type { Witness } from '../run/stage-protocol.ts';
import type { WitnessMark } from '../stage/define-stage.ts';
import { PaperError } from '../stage/paper-error.ts';
import type { Stage } from '../stage/pipeline.ts';

const digests = z.record(z.string(), z.string());

const witnessSchema: z.ZodType<Witness> = z.strictObject({
  parts: z.array(
    z.strictObject({
      id: z.string(),
      marks: z
        .array(
          z.strictObject({
            at: z.string(),
            numbers: z.record(z.string(), z.number()),
            digests,
            exact: digests.optional(),
          }),
        )
        .min(1),
    }),
  ),
  tolerance: z.record(z.string(), z.number().nonnegative()),
});

/** @throws BadWitness when it is not of a witness's form, for example for a number that is not finite */
export const parseWitness = (stage: Stage, text: string): Witness => {
  const parsed = witnessSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0] ?? { path: [], message: '' };
  throw new PaperError('BadWitness', `the witness of '${stage.name}' cannot be used.`, {
    details: [`${path.join('.')}: ${message}`],
    hint: 'each part gives at least one mark: { at, numbers, digests, exact? }, finite numbers and hexadecimal digests by name.',
  });
};

export const witnessText = (witness: Witness): string => `${JSON.stringify(witness, null, 1)}\n`;

/** The class of machines on which a part's bits are equal: what decides bits, and how many threads share sums. */
export type MachineClass = Readonly<Record<string, unknown>>;

/** The first place where a replay differs from the witness. */
export interface WitnessDifference {
  /** For example `short run, step 210, loss`. */
  readonly where: string;
  readonly expected: string;
  readonly received: string;
}

/** Equal bits are asked for on the machine class of the witness; elsewhere numbers within their tolerance. */
export type Comparison = 'equal bits' | 'tolerance';

export const comparisonOn = (witness: MachineClass, here: MachineClass): Comparison =>
  digestOf(witness) === digestOf(here) ? 'equal bits' : 'tolerance';

/** What was compared, for a person. */
export const comparisonWords = (by: Comparison): string =>
  by === 'equal bits'
    ? 'equal bits, on the machine class of the witness'
    : 'numbers within their tolerance, on another machine class; digests of bits were not compared';

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
  named(before.exact ?? {}, now.exact ?? {}, (a, b) => a !== b) ??
  named(
    before.numbers,
    now.numbers,
    (a, b, name) => a !== b && (by === 'equal bits' || !(Math.abs(a - b) <= (tolerance[name] ?? 0))),
  ) ??
  (by === 'equal bits' ? named(before.digests, now.digests, (a, b) => a !== b) : undefined);

/**
 * Compares replayed parts with those of the witness, mark by mark: what is exact everywhere, numbers, then bits.
 *
 * @param expected what was kept; its tolerance holds, whatever the code of today declares
 * @param received a replay of some of its parts
 * @param comparisonOf how a part is compared here
 */
export const compareWitness = (
  expected: Witness,
  received: Witness,
  comparisonOf: (part: string) => Comparison,
): WitnessDifference | undefined => {
  for (const { id, marks } of received.parts) {
    const before = expected.parts.find((part) => part.id === id)?.marks ?? [];
    for (let index = 0; index < Math.max(before.length, marks.length); index += 1) {
      const [a, b] = [before[index], marks[index]];
      if (!a || !b || a.at !== b.at) {
        const place = `${id}, mark ${index + 1}`;
        return { where: place, expected: a?.at ?? 'no mark', received: b?.at ?? 'no mark' };
      }
      const found = compareMarks(a, b, expected.tolerance, comparisonOf(id));
      if (found) return { where: `${id}, ${a.at}, ${found[0]}`, expected: found[1], received: found[2] };
    }
  }
  return undefined;
};
