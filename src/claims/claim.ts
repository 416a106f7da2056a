/**
 * Claims: what a sentence asserts, as a predicate over results. A claim has a margin, the distance to flipping
 * in units of its null or of its spread, and a noise band within which its verdict is undecided.
 */
import { PaperError } from '../engine/stage/index.ts';
import { formatValue } from '../results/format-value.ts';
import type { NamesOf, ResultNames } from './paper-names.ts';
import type { ResultReader } from './result-reader.ts';

export type Verdict = 'holds' | 'fails' | 'undecided';

export interface Assessment {
  /** What is asserted, in words without figures. */
  readonly predicate: string;
  /** The figure that decides, and what it is held against. */
  readonly evidence: string;
  /** Positive: the predicate holds by so much; negative: it fails by so much. */
  readonly margin: number;
  /** What the margin counts, for example `null sd`. */
  readonly unit: string;
  /** A margin no larger than this decides nothing. */
  readonly noise: number;
  /** The same, stated in place of a spread over seeds that one seed cannot show. */
  readonly seedNoise?: number;
  /** The margins of single seeds, where there are several. */
  readonly seeds?: { readonly n: number; readonly mean: number; readonly sd: number };
}

/** What the test behind a claim would find. */
export interface Power {
  /** The share of trials in which the test finds an effect of this size; 0 to 1. */
  readonly power: number;
  /** The effect's size in words, with its unit: it was planted, and is known. */
  readonly of: string;
}

export type Assess<Names extends ResultNames = ResultNames> = (results: ResultReader<Names>) => Assessment;

export interface ClaimDefinition<Names extends ResultNames = ResultNames> {
  readonly assess: Assess<Names>;
  /** Statements of reported.json that this claim is about. */
  readonly reported?: readonly string[];
  /** What the original says of the same predicate; left out where it does not ask. */
  readonly original?: Verdict;
  /** What its test would find; a claim without it says that it states none. */
  readonly power?: (results: ResultReader<Names>) => Power;
  /** It asserts that something is not there: that holds only where the test's power is at least `leastPower`. */
  readonly absence?: true;
  /** The same predicate under other definitions that are as defensible, by their names in words. */
  readonly readings?: Readonly<Record<string, Assess<Names>>>;
}

/** A test that misses more than one in twenty of what it looks for shows no absence (Lakens 2017). */
export const leastPower = 0.95;

export type Claims<Names extends ResultNames = ResultNames> = Readonly<
  Record<string, ClaimDefinition<Names>>
>;

/** The claims of one paper, whose results an editor knows by name once it was built: `ClaimsOf<'a-paper'>`. */
export type ClaimsOf<Paper extends string> = Claims<NamesOf<Paper>>;

/** Within it nothing is decided. */
export const noiseOf = ({ noise, seedNoise = 0 }: Assessment): number => Math.max(noise, seedNoise);

export const verdictOf = (assessment: Assessment): Verdict => {
  const { margin } = assessment;
  return Math.abs(margin) <= noiseOf(assessment) ? 'undecided' : margin > 0 ? 'holds' : 'fails';
};

/** How a margin is measured. */
export interface Scale {
  readonly predicate: string;
  /** What is measured, for an error's reader: `kl-q-k of layer-3`. */
  readonly of?: string;
  /** One unit of the margin, in the measured quantity's own unit; above 0. */
  readonly per: number;
  readonly unit: string;
  /** In the margin's unit: what the figure or its null is uncertain by in any one seed. */
  readonly noise?: number;
  /** In the margin's unit: what seeds are taken to differ by while there is one alone. */
  readonly seedNoise?: number;
}

const shown = (value: number): string => formatValue(Number(value.toPrecision(3)), undefined);

const assessment = (
  distance: number,
  measured: number,
  against: string,
  { predicate, of, per, unit, noise = 0, seedNoise }: Scale,
): Assessment => {
  const margin = distance / per;
  const evidence = `${of === undefined ? '' : `${of} has `}${shown(measured)} against ${against}`;
  if (Number.isFinite(margin)) {
    return { predicate, evidence, margin, unit, noise, ...(seedNoise === undefined ? {} : { seedNoise }) };
  }
  throw new PaperError('NoMargin', `the claim that ${predicate} has no margin.`, {
    details: [`expected a distance and a unit that are finite and not zero; received ${distance} per ${per}`],
    hint: 'measure the margin in units of a null that varies, or of a quantity that is not zero.',
  });
};

/** measured < limit */
export const below = (measured: number, limit: number, scale: Scale): Assessment =>
  assessment(limit - measured, measured, shown(limit), scale);

/** measured > limit */
export const above = (measured: number, limit: number, scale: Scale): Assessment =>
  assessment(measured - limit, measured, shown(limit), scale);

/** low <= measured <= high */
export const within = (measured: number, low: number, high: number, scale: Scale): Assessment =>
  assessment(Math.min(measured - low, high - measured), measured, `${shown(low)} to ${shown(high)}`, scale);

/** Every part holds: the margin is the smallest. */
export const all = (predicate: string, parts: readonly Assessment[]): Assessment => {
  const weakest = parts.toSorted((a, b) => a.margin - b.margin)[0];
  if (weakest) return { ...weakest, predicate };
  throw new PaperError('NoMargin', `the claim that ${predicate} is about nothing.`, {
    hint: 'the table that it reads has no rows: see its stage.',
  });
};

/**
 * At least this share of the parts holds, rounded up: 7 / 8 asks for 7 of 8, and for 4 of 4. The margin is that of the part
 * that decides.
 */
export const atLeast = (share: number, predicate: string, parts: readonly Assessment[]): Assessment => {
  const sorted = parts.toSorted((a, b) => b.margin - a.margin);
  // What a share in binary exceeds a whole number by is no further part.
  const asked = Math.ceil(share * parts.length - 1e-9);
  const holding = parts.filter(({ margin }) => margin > 0).length;
  const found = all(predicate, sorted.slice(0, Math.max(1, asked)));
  return { ...found, evidence: `${holding} of ${parts.length}; ${found.evidence}` };
};

/** At least one part holds: the margin is the largest. */
export const any = (predicate: string, parts: readonly Assessment[]): Assessment => {
  const { margin, ...strongest } = all(
    predicate,
    parts.map((part) => ({ ...part, margin: -part.margin })),
  );
  return { ...strongest, margin: -margin };
};
