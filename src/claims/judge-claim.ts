/** A claim's verdict: its predicate's margin against the noise, its test's power, and the same under other readings. */
import { PaperError } from '../engine/stage/index.ts';
import {
  type Assessment,
  type ClaimDefinition,
  leastPower,
  type Power,
  type Verdict,
  verdictOf,
} from './claim.ts';
import type { ResultReader } from './result-reader.ts';

/** The same predicate under another definition. */
export interface Reading {
  readonly reading: string;
  readonly verdict: Verdict;
  readonly margin: number;
  readonly unit: string;
}

export interface Judgement extends Omit<Assessment, 'overSeeds'> {
  readonly verdict: Verdict;
  /** null: none is stated. */
  readonly power: Power | null;
  /** Why none is, where its author says so. */
  readonly noPower?: string;
  /** Why its margin has no spread over seeds, where its author says so. */
  readonly noSeeds?: string;
  readonly readings: readonly Reading[];
}

const requirePower = (id: string, power: Power): Power => {
  if (power.power >= 0 && power.power <= 1) return power;
  throw new PaperError('BadPower', `the power of claim '${id}' is no share of trials.`, {
    details: [`expected a number from 0 to 1; received ${power.power}`],
    hint: 'read it from the table of planted effects, where it is found of made.',
  });
};

/** A reason for what is there, or none in words, says nothing. */
const requireReason = (id: string, noPower: string, hasPower: boolean): void => {
  if (!hasPower && noPower.trim() !== '') return;
  throw new PaperError(
    'BadPower',
    hasPower
      ? `claim '${id}' states a power, and why it states none.`
      : `claim '${id}' says in no words why it states no power.`,
    {
      hint: 'keep `power` where its test was tried on what was planted; else `noPower`, with the reason in words.',
    },
  );
};

const requireNoSeeds = (id: string, noSeeds: string, hasSeeds: boolean): void => {
  if (!hasSeeds && noSeeds.trim() !== '') return;
  throw new PaperError(
    'BadSpread',
    hasSeeds
      ? `claim '${id}' has a spread over seeds, and says why it has none.`
      : `claim '${id}' says in no words why it has no spread over seeds.`,
    { hint: 'keep `noSeeds` where no figure of single seeds decides, with the reason in words.' },
  );
};

/** What is told of a claim that asserts an absence, and of a test too weak to show one. */
const absenceOf = (id: string, verdict: Verdict, power: Power | null): Verdict => {
  if (!power) {
    throw new PaperError(
      'AbsenceWithoutPower',
      `claim '${id}' asserts an absence, and states no power of its test.`,
      {
        details: ['a test that finds nothing may be one that could find nothing'],
        hint: "add to it: power: ({ cell }) => ({ power: cell('power', 'the-strength', 'power'), of: 'what was planted' }), or assert what was not detected and drop `absence: true`.",
      },
    );
  }
  return verdict === 'holds' && power.power < leastPower ? 'undecided' : verdict;
};

/** Above, below and within give one, and so does whatever combines them. */
const requireAssessment = (id: string, found: unknown): Assessment => {
  const { predicate, margin, unit } = (found ?? {}) as Partial<Assessment>;
  if (
    typeof predicate === 'string' &&
    predicate.trim() !== '' &&
    typeof margin === 'number' &&
    unit !== undefined
  )
    return found as Assessment;
  throw new PaperError('BadClaim', `claim '${id}' is not judged by its \`assess\`.`, {
    details: [
      predicate?.trim() === ''
        ? 'expected a predicate in words; received none'
        : `expected what above, below or within gives; received ${JSON.stringify(found) ?? typeof found}`,
    ],
    hint: "return it: `assess: ({ cell }) => above(cell('table', 'row', 'column'), 0, { predicate: 'what is asserted', per: 1, unit: 'points' })`.",
  });
};

/** @throws BadClaim, BadPower, AbsenceWithoutPower, what verdictOf throws, or what reading the results throws */
export const judgeClaim = (
  id: string,
  { assess, power: statePower, noPower, noSeeds, absence, readings = {} }: ClaimDefinition,
  results: ResultReader,
): Judgement => {
  const assessment = requireAssessment(id, assess(results));
  const power = statePower ? requirePower(id, statePower(results)) : null;
  if (noPower !== undefined) requireReason(id, noPower, power !== null);
  if (noSeeds !== undefined) requireNoSeeds(id, noSeeds, assessment.seeds !== undefined);
  const found = verdictOf(assessment);
  const { overSeeds: _, ...told } = assessment;
  return {
    ...told,
    verdict: absence ? absenceOf(id, found, power) : found,
    power,
    ...(noPower === undefined ? {} : { noPower }),
    ...(noSeeds === undefined ? {} : { noSeeds }),
    readings: Object.entries(readings).map(([reading, read]) => {
      const other = read(results);
      return { reading, verdict: verdictOf(other), margin: other.margin, unit: other.unit };
    }),
  };
};
