import { formatValue } from '../results/format-value.ts';
import type { Verdict } from './claim.ts';
import type { Judgement } from './judge-claim.ts';

const signed = (margin: number): string => formatValue(margin, { style: 'signed', digits: 2 });

const listed = (readings: Judgement['readings']): string => readings.map(({ reading }) => reading).join(', ');

/** Whether other defensible definitions come to the same verdict, and which do not. */
const readingsText = ({ verdict, readings }: Judgement): string => {
  const others = readings.filter((reading) => reading.verdict !== verdict);
  if (others.length === 0) return `the same: ${listed(readings)}`;
  if (others.length === readings.length)
    return `under this reading only; another verdict: ${listed(readings)}`;
  return `the same: ${listed(readings.filter((reading) => reading.verdict === verdict))}; another verdict: ${listed(others)}`;
};

const overSeedsText = ({ seeds, noSeeds }: Judgement): string => {
  if (noSeeds !== undefined) return `; no spread over seeds: ${noSeeds}`;
  if (!seeds || seeds.sd === 0) return '';
  const { of, n, mean, sd, called } = seeds;
  const deviations = `${signed(mean / sd)} standard deviations over ${n} ${called.many}`;
  return of === undefined ? `, ${deviations}` : `, its ${of} ${deviations}`;
};

/**
 * What a verdict rests on, in parts that stand for themselves: predicate, evidence, margin, power, readings.
 *
 * @param inReading puts words in the place of ids in the names of readings
 */
export const claimWords = (
  claim: Judgement,
  inReading = (text: string): string => text,
): Readonly<Record<string, string>> => {
  const { predicate, evidence, margin, unit, noise, power, noPower, readings } = claim;
  return {
    predicate,
    evidence,
    margin: `${signed(margin)} ${unit}${overSeedsText(claim)}${noise === 0 ? '' : `; within ${formatValue(noise, { style: 'fixed', digits: 2 })} undecided`}`,
    power: power
      ? `finds ${power.of} in ${formatValue(power.power, { style: 'share', digits: 0 })} of trials`
      : `none is stated${noPower === undefined ? '' : `: ${noPower}`}`,
    ...(readings.length > 0 ? { readings: inReading(readingsText(claim)) } : {}),
  };
};

/** Sentences and predicates begin as sentences do where they stand alone. */
const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** Whether a claim's sentence is one where nothing stands before it: a part of one begins in lower case. */
export const standsAlone = (sentence: string): boolean => !/^\p{Ll}/u.test(sentence);

/**
 * What a claim is called where it stands alone: its sentence as its page prints it. A part of a sentence says too
 * little there: in its place stands the predicate, with its verdict.
 */
export const claimHeading = (
  sentence: string | undefined,
  { predicate, verdict }: Pick<Judgement, 'predicate' | 'verdict'>,
): string =>
  sentence === undefined || !standsAlone(sentence)
    ? `${begun(predicate)}: ${verdict}`
    : sentence.replace(/[,;:]$/, '');

/** Whether there is an original that says anything of these claims. */
export const hasOriginal = (
  claims: Readonly<Record<string, { readonly original: Verdict | null }>>,
): boolean => Object.values(claims).some(({ original }) => original !== null);

/** How a verdict stands to the original's own. */
export const comparedWithOriginal = (verdict: Verdict, original: Verdict | null): string => {
  if (original === null) return 'does not ask';
  if (verdict === original) return 'says the same';
  if (original === 'undecided') return 'leaves it open';
  return verdict === 'undecided' ? 'says that it does not' : 'says otherwise';
};
