/**
 * Claims of several parts, in Kleene's three-valued logic: what is undecided of a part stays so of the whole, unless
 * the other parts decide without it. The margin is that of a part which has the verdict of the whole, with the noise
 * of that very part.
 */
import { PaperError } from '../engine/stage/index.ts';
import { type Assessment, overSeeds, verdictOf } from './claim.ts';

/** Standard deviations over seeds; of a part that shows none, more than any. */
const steadiness = ({ seeds }: Assessment): number =>
  seeds && seeds.sd > 0 ? Math.abs(seeds.mean) / seeds.sd : Number.MAX_VALUE;

/** At least `asked` of the parts hold. @param asked 1 to as many as there are parts */
const decider = (asked: number, parts: readonly Assessment[]): Assessment => {
  const by = Map.groupBy(
    // p-values of the same draws end at one least value: of equal margins the less steady one is the smaller.
    parts.toSorted((a, b) => b.margin - a.margin || steadiness(b) - steadiness(a)),
    verdictOf,
  );
  const { holds = [], undecided = [], fails = [] } = Object.fromEntries(by);
  if (holds.length >= asked) return holds[asked - 1]!;
  const missing = asked - holds.length;
  // Of those that are open the one that would have to hold, or of those that fail the one that would have to turn.
  return undecided.length >= missing ? undecided[missing - 1]! : fails[missing - undecided.length - 1]!;
};

const counted = (asked: number, predicate: string, parts: readonly Assessment[]): Assessment => {
  if (parts.length === 0) {
    throw new PaperError('NoMargin', `the claim that ${predicate} is about nothing.`, {
      hint: 'the table that it reads has no rows: see its stage.',
    });
  }
  const found = { ...decider(asked, parts), predicate };
  if (parts.every((part) => part.overSeeds === undefined)) return found;
  return { ...found, overSeeds: counted(asked, predicate, parts.map(overSeeds)) };
};

/**
 * Every part holds; it fails with one that fails. The margin is the smallest of the parts that decide.
 *
 * @throws NoMargin of no parts, or what verdictOf throws
 */
export const all = (predicate: string, parts: readonly Assessment[]): Assessment =>
  counted(parts.length, predicate, parts);

/** At least one part holds; it fails if each of them does. The margin is the largest of the parts that decide. */
export const any = (predicate: string, parts: readonly Assessment[]): Assessment =>
  counted(1, predicate, parts);

const withCount = (
  { overSeeds: found, ...decides }: Assessment,
  parts: readonly Assessment[],
): Assessment => {
  const count = (verdict: string) => parts.filter((part) => verdictOf(part) === verdict).length;
  const open = count('undecided');
  const counts = `${count('holds')} of ${parts.length}${open === 0 ? '' : `, ${open} undecided`}`;
  return {
    ...decides,
    evidence: `${counts}; ${decides.evidence}`,
    ...(found === undefined ? {} : { overSeeds: withCount(found, parts.map(overSeeds)) }),
  };
};

/**
 * At least this share of the parts holds, rounded up: 7 / 8 asks for 7 of 8, and for 4 of 4. It fails where too many
 * fail, and the margin is that of the part that decides.
 *
 * @param share above 0, at most 1
 * @throws BadShare, or what `all` throws
 */
export const atLeast = (share: number, predicate: string, parts: readonly Assessment[]): Assessment => {
  if (!(share > 0 && share <= 1)) {
    throw new PaperError(
      'BadShare',
      `the claim that ${predicate} asks for a share of its parts that is none.`,
      {
        details: [`expected a number above 0, and 1 at most; received ${share}`],
        hint: 'write how many of how many are asked for: atLeast(7 / 8, …).',
      },
    );
  }
  // What a share in binary exceeds a whole number by is no further part.
  const asked = Math.max(1, Math.ceil(share * parts.length - 1e-9));
  return withCount(counted(asked, predicate, parts), parts);
};
