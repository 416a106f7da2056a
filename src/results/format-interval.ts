import type { Format } from './format.ts';
import { formatValue } from './format-value.ts';

/** Beyond so many digits two bounds are equal to any reader. */
const mostDigits = 12;

const printsAsZero = (text: string): boolean => !/[1-9]/.test(text);

/**
 * The bounds of an interval, as its column prints numbers; with more digits where these would print both as one number or
 * a bound as zero that is none, which says nothing of how wide the interval is.
 */
export const formatInterval = (low: number, high: number, format: Format | undefined): string => {
  const bounds = [low, high];
  const printed = (shown: Format | undefined) => bounds.map((bound) => formatValue(bound, shown));
  const saysNothing = (texts: readonly string[]): boolean =>
    (low !== high && texts[0] === texts[1]) ||
    texts.some((text, at) => bounds[at] !== 0 && printsAsZero(text));
  let shown = format;
  while (shown && 'digits' in shown && shown.digits < mostDigits && saysNothing(printed(shown))) {
    shown = { ...shown, digits: shown.digits + 1 };
  }
  return printed(saysNothing(printed(shown)) ? format : shown).join(' to ');
};
