import { formatNamed } from '../results/format-value.ts';
import type { Displayed, DisplayedPaper } from './displayed-values.ts';
import { countOf, type FigureSketch, movedFields } from './figure-sketch.ts';
import type { ValuesLock } from './values-lock.ts';

/**
 * What machines differ by, relative to the value: losses are sums of float32 in another order (one part in a million), and
 * a spread over seeds is a small difference of them, with ten times as much. A change of the printed text that so little
 * could make is no change of the value.
 */
export const noiseTolerance = 2e-5;

/** Of a figure's sums, relative to the sum of all magnitudes: single points differ by more, and cancel. */
const figureTolerance = 1e-6;

/** One thing on the page that is no longer what was accepted. */
export interface ValueChange {
  readonly kind: 'verdict' | 'sentence' | 'table' | 'figure';
  /** Id of the value, the claim or the figure. */
  readonly id: string;
  /** The table's id, or the sentence around the value. */
  readonly place: string;
  /** null: it is new, or gone. */
  readonly before: string | null;
  readonly after: string | null;
}

export interface ValueChanges {
  readonly changes: readonly ValueChange[];
  /** Printed texts that differ by no more than noise moves a value over a boundary of rounding. */
  readonly crossings: readonly ValueChange[];
}

const printed = /^([+\u2212-]?)([\d,]+(?:\.\d+)?)(?:\s*\u00d7\s*10([\u2212-]?\d+))?(\s*%)?$/;

/** The number that a printed text says, and half of the step of its last digit; undefined for words. */
const readPrinted = (text: string): { readonly value: number; readonly half: number } | undefined => {
  const [, sign = '', digits = '', power = '0', percent] = printed.exec(text) ?? [];
  if (digits === '') return undefined;
  const scale = 10 ** (Number(power.replace('\u2212', '-')) - (percent ? 2 : 0));
  const plain = digits.replaceAll(',', '');
  const decimals = plain.split('.')[1]?.length ?? 0;
  const value = Number(plain) * scale * (sign === '' || sign === '+' ? 1 : -1);
  return { value, half: (10 ** -decimals * scale) / 2 };
};

/** A text as a page holds it, without what only raises it. */
const plain = (text: string): string => text.replaceAll('^', '').replace(/\s+/g, ' ');

/** Whether a value as near to this one as noise leaves it would have been printed as before. */
const isCrossing = ({ named, shown }: Displayed, before: string): boolean => {
  const read = readPrinted(before);
  if (!read || !named || typeof named.value !== 'number') return false;
  // What the page has in the place of its value, no noise put there.
  if (plain(shown) !== plain(formatNamed(named))) return false;
  // A count is exact.
  const noise = Number.isInteger(named.value) ? 0 : noiseTolerance * Math.abs(named.value);
  // The half is compared with itself after a round trip through decimals.
  const rounding = 1e-12 * Math.abs(named.value);
  return Math.abs(named.value - read.value) <= read.half + noise + rounding;
};

const tableOf = (id: string): string => id.split('.')[0] ?? id;

/** What of a figure is not what it was, in words: it is drawn otherwise, or some of its fields have other numbers. */
const figureChange = (
  id: string,
  before: FigureSketch | undefined,
  after: FigureSketch | undefined,
): readonly ValueChange[] => {
  const [was, is] = [before, after].map((sketch) => (sketch ? `${countOf(sketch)} numbers` : null));
  const told = { kind: 'figure', id, place: id, before: was! } as const;
  if (!before || !after) return [{ ...told, after: is! }];
  const moved = movedFields(before, after, figureTolerance);
  const how = [
    ...(before.form === after.form ? [] : ['drawn otherwise']),
    ...(moved.length === 0 ? [] : [`other values of ${moved.join(', ')}`]),
  ];
  return how.length === 0 ? [] : [{ ...told, after: [is, ...how].join(', ') }];
};

/** What is displayed now against what was accepted; verdicts first, then in the order of the page. */
export const compareValues = (
  now: Omit<DisplayedPaper, 'built'>,
  accepted: ValuesLock,
  verdicts: ReadonlyMap<string, string>,
): ValueChanges => {
  const flips = [...now.verdicts].flatMap(([id, after]): ValueChange[] => {
    const before = verdicts.get(id) ?? null;
    return before === after ? [] : [{ kind: 'verdict', id, place: id, before, after }];
  });
  for (const [id, before] of verdicts) {
    if (!now.verdicts.has(id)) flips.push({ kind: 'verdict', id, place: id, before, after: null });
  }
  const changes: ValueChange[] = [];
  const crossings: ValueChange[] = [];
  for (const [id, displayed] of now.values) {
    const before = accepted.values.get(id) ?? null;
    if (before === displayed.shown) continue;
    const { kind, text: place } = displayed.place;
    const change = { kind, id, place, before, after: displayed.shown };
    (before !== null && isCrossing(displayed, before) ? crossings : changes).push(change);
  }
  for (const [id, before] of accepted.values) {
    if (!now.values.has(id)) changes.push({ kind: 'sentence', id, place: tableOf(id), before, after: null });
  }
  for (const id of new Set([...now.figures.keys(), ...accepted.figures.keys()])) {
    changes.push(...figureChange(id, accepted.figures.get(id), now.figures.get(id)));
  }
  return { changes: [...flips, ...changes], crossings };
};
