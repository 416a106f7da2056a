/**
 * A pattern over layers, judged by a statistic of the pattern and never by its worst cell: a count of layers with its exact
 * p, or Spearman's correlation with depth. The pooled p is of all layers of all seeds together; with depth, of the mean
 * over seeds.
 */
import { signTest } from '../controls/sign-test.ts';
import { spearman } from '../controls/spearman.ts';

export type Rows = readonly Readonly<Record<string, unknown>>[];

/** What a seed's analyses found, by table. */
export type Found = Readonly<Record<string, Rows>>;

interface Judged {
  readonly value: number;
  /** Of so many, where the value is a count. */
  readonly of: number | null;
  readonly p: number | null;
  readonly holds: boolean;
}

export interface Pattern {
  readonly pattern: string;
  readonly invariant: number;
  readonly statistic: string;
  readonly rule: string;
  readonly judge: (found: Found) => Judged;
  /** Over all seeds: its p; none where nothing is tested. */
  readonly pool: (judged: readonly Judged[], found: readonly Found[]) => number | null;
}

export const numbersOf = (rows: Rows, column: string): readonly number[] =>
  rows.map((row) => Number(row[column]));

/** Seven of eight, of however many layers. */
const nearlyAll = (layers: number): number => Math.ceil((7 / 8) * layers);

/** A count of rows with some property, and of how many it must be true. */
export const counted = (
  pattern: string,
  invariant: number,
  statistic: string,
  holdsIn: (found: Found) => readonly boolean[],
  needs: 'nearly all' | 'all',
): Pattern => ({
  pattern,
  invariant,
  statistic,
  rule: needs === 'all' ? 'in every layer and seed' : 'in seven of eight layers at least, in every seed',
  judge: (found) => {
    const is = holdsIn(found);
    const value = is.filter(Boolean).length;
    return {
      value,
      of: is.length,
      p: signTest(value, is.length).upperP,
      holds: value >= (needs === 'all' ? is.length : nearlyAll(is.length)),
    };
  },
  pool: (judged) =>
    signTest(
      judged.reduce((sum, { value }) => sum + value, 0),
      judged.reduce((sum, { of }) => sum + (of ?? 0), 0),
    ).upperP,
});

/** Of figures beyond the upper end of an interval that holds 95 %, chance gives one in forty. */
const beyondByChance = 0.025;

/** P(X >= successes) of a binomial law. */
export const binomialUpper = (successes: number, trials: number, chance: number): number => {
  let term = (1 - chance) ** trials;
  let sum = 0;
  for (let k = 0; k <= trials; k += 1) {
    if (k >= successes) sum += term;
    term *= ((trials - k) / (k + 1)) * (chance / (1 - chance));
  }
  return Math.min(1, sum);
};

/** A count of figures beyond one end of their null's interval. */
export const beyond = (...given: Parameters<typeof counted>): Pattern => {
  const pattern = counted(...given);
  return {
    ...pattern,
    judge: (found) => {
      const judged = pattern.judge(found);
      return { ...judged, p: binomialUpper(judged.value, judged.of ?? 0, beyondByChance) };
    },
    pool: (judged) =>
      binomialUpper(
        judged.reduce((sum, { value }) => sum + value, 0),
        judged.reduce((sum, { of }) => sum + (of ?? 0), 0),
        beyondByChance,
      ),
  };
};

/** The same count without a p: heads of a layer were trained together, and are no independent trials. */
export const withoutP = (pattern: Pattern): Pattern => ({
  ...pattern,
  judge: (found) => ({ ...pattern.judge(found), p: null }),
  pool: () => null,
});

/** How a column goes with depth. */
export const overDepth = (
  pattern: string,
  invariant: number,
  statistic: string,
  figures: (found: Found) => readonly number[],
): Pattern => {
  const test = (profile: readonly number[]) => spearman([...profile.keys()], profile);
  return {
    pattern,
    invariant,
    statistic,
    rule: 'rising, and exact p below .05, in every seed',
    judge: (found) => {
      const { rho, twoSidedP } = test(figures(found));
      return { value: rho, of: null, p: twoSidedP, holds: rho > 0 && twoSidedP < 0.05 };
    },
    pool: (_, found) => {
      const profiles = found.map(figures);
      return test(profiles[0]!.map((__, at) => profiles.reduce((sum, profile) => sum + profile[at]!, 0)))
        .twoSidedP;
    },
  };
};
