/**
 * Claims: what a sentence asserts, as a predicate over results. A claim has a margin, the distance to flipping
 * in units of its null or of its spread, and a noise band within which its verdict is undecided.
 */
import { PaperError } from '../engine/stage/index.ts';
import { numberText } from '../results/number-text.ts';
import type { ReplicateWords } from '../results/replicate-words.ts';
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
  /** A margin no larger than this decides nothing; 0 or above, in the margin's unit. */
  readonly noise: number;
  /**
   * The same without the noise that was stated in place of a spread over seeds, which several seeds show themselves;
   * left out where none was.
   */
  readonly overSeeds?: Assessment;
  /** The evidence of each seed, where the claim is about their mean. */
  readonly eachSeed?: readonly string[];
  /** The margins of single seeds, where there are several. */
  readonly seeds?: {
    /** What mean and deviation are of, where that is another figure than the margin: zero where nothing is found. */
    readonly of?: string;
    readonly n: number;
    readonly mean: number;
    readonly sd: number;
    readonly called: ReplicateWords;
  };
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
  /** Why none is stated, in words, for a claim without it: `the figure is exact, and nothing is tested`. */
  readonly noPower?: string;
  /** Why its margin has no spread over seeds, in words: `one training was planted`. */
  readonly noSeeds?: string;
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

/** As it is where several seeds show what they differ by. */
export const overSeeds = (assessment: Assessment): Assessment => assessment.overSeeds ?? assessment;

/** What is asserted, for an error's reader: a part of a claim leaves the words to the whole. */
export const assertion = (predicate: string, of?: string): string => {
  if (predicate !== '') return `the claim that ${predicate}`;
  return of === undefined ? 'a part of a claim' : `what a claim says of ${of}`;
};

const requireNoise = (noise: number, field: string, asserted: string): void => {
  if (Number.isFinite(noise) && noise >= 0) return;
  throw new PaperError('BadNoise', `${asserted} has a noise that is none.`, {
    details: [`expected \`${field}\` to be finite, 0 or above; received ${noise}`],
    hint: 'a noise is what the figure is uncertain by, in the unit of the margin; leave it out where there is none.',
  });
};

/** @throws NoMargin, BadNoise: what is no number decides nothing, not even that nothing is decided */
export const verdictOf = ({ predicate, margin, noise }: Assessment): Verdict => {
  if (!Number.isFinite(margin)) {
    throw new PaperError('NoMargin', `${assertion(predicate)} has no margin.`, {
      details: [`expected a finite number; received ${margin}`],
      hint: 'assess it by above, below or within, or see which figure it reads that is none.',
    });
  }
  requireNoise(noise, 'noise', assertion(predicate));
  return Math.abs(margin) <= noise ? 'undecided' : margin > 0 ? 'holds' : 'fails';
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

const shown = (value: number): string => numberText(value, 3);

const assessment = (
  distance: number,
  measured: number,
  against: string,
  { predicate, of, per, unit, noise = 0, seedNoise }: Scale,
): Assessment => {
  const margin = distance / per;
  const asserted = assertion(predicate, of);
  if (!(Number.isFinite(margin) && Number.isFinite(per) && per > 0)) {
    throw new PaperError('NoMargin', `${asserted} has no margin.`, {
      details: [`expected a finite distance, and a finite unit above zero; received ${distance} per ${per}`],
      hint: 'measure the margin in units of a null that varies, or of a quantity that is above zero.',
    });
  }
  requireNoise(noise, 'noise', asserted);
  const evidence = `${of === undefined ? '' : `${of} has `}${shown(measured)} against ${against}`;
  const found = { predicate, evidence, margin, unit, noise };
  if (seedNoise === undefined) return found;
  requireNoise(seedNoise, 'seedNoise', asserted);
  return { ...found, noise: Math.max(noise, seedNoise), overSeeds: found };
};

/** measured < limit */
export const below = (measured: number, limit: number, scale: Scale): Assessment =>
  assessment(limit - measured, measured, shown(limit), scale);

/** measured > limit */
export const above = (measured: number, limit: number, scale: Scale): Assessment =>
  assessment(measured - limit, measured, shown(limit), scale);

/** low <= measured <= high. @throws BadBounds where nothing can lie between the two */
export const within = (measured: number, low: number, high: number, scale: Scale): Assessment => {
  if (low > high) {
    throw new PaperError(
      'BadBounds',
      `${assertion(scale.predicate, scale.of)} has bounds that hold no number.`,
      {
        details: [`expected the lower bound first; received ${low} to ${high}`],
        hint: 'write within(measured, low, high, …).',
      },
    );
  }
  return assessment(
    Math.min(measured - low, high - measured),
    measured,
    `${shown(low)} to ${shown(high)}`,
    scale,
  );
};
