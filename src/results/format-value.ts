import type { NamedValue } from './derive-values.ts';
import type { Format } from './format.ts';
import type { ShownColumn } from './presentation.ts';
import type { PlainCell } from './result-schema.ts';

/** A real minus sign, of a figure's width. */
const minus = '\u2212';

const signed = (text: string): string => text.replace(/^-/, minus);

/** -0.00 says less than 0.00 and looks like an error. */
const withoutNegativeZero = (text: string): string => (/^-[0.]+$/.test(text) ? text.slice(1) : text);

/** `1.5 × 10^−7`: what follows the caret is raised where a page prints it. */
const power = (value: number, digits?: number, shift = 0): string => {
  const [factor = '', exponent = ''] = value.toExponential(digits).split('e');
  return `${factor}\u202f×\u202f10^${signed(String(Number(exponent) + shift))}`;
};

/** From here on `toFixed` and `String` write an exponent of their own. */
const leastPower = 1e21;

/** @param shift a power of ten that the value is multiplied by */
const fixed = (value: number, digits: number, shift = 0): string => {
  const shifted = value * 10 ** shift;
  return Math.abs(shifted) < leastPower
    ? withoutNegativeZero(shifted.toFixed(digits))
    : power(value, digits, shift);
};

/** So many digits from the first that is not zero; from 10^−7 down, where they would follow many zeros, as a power. */
const significant = (value: number, digits: number): string => {
  if (value === 0) return fixed(0, digits - 1);
  const exponent = Number(value.toExponential(digits - 1).split('e')[1]);
  if (exponent < -6 || exponent > 20) return power(value, digits - 1);
  return fixed(Number(value.toPrecision(digits)), Math.max(0, digits - 1 - exponent));
};

/** Every digit that tells the number from its neighbours. */
const whole = (value: number): string => (/e/.test(String(value)) ? power(value) : String(value));

/** A finite number as the page prints it; words stay as they are. */
export const formatValue = (value: number | string | null, format: Format | undefined): string => {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (!format) return signed(whole(value));
  switch (format.style) {
    case 'fixed':
      return signed(fixed(value, format.digits));
    case 'signed': {
      const text = fixed(value, format.digits);
      return /^[0.]+$/.test(text) || text.startsWith('-') ? signed(text) : `+${text}`;
    }
    case 'share':
      return `${signed(fixed(value, format.digits, 2))}\u202f%`;
    case 'scientific':
      return signed(power(value, format.digits));
    case 'significant':
      return signed(significant(value, format.digits));
    case 'count': {
      const rounded = Math.round(value);
      // Zero has no sign, though a number above -0.5 rounds to one that has.
      return signed(Math.abs(rounded) < leastPower ? (rounded || 0).toLocaleString('en-US') : power(value));
    }
  }
};

/** A cell as its column prints it: an id by the words that the column has for it. */
export const formatCell = (
  cell: PlainCell,
  { format, words }: Pick<ShownColumn, 'format' | 'words'>,
): string =>
  typeof cell === 'string'
    ? words && Object.hasOwn(words, cell)
      ? words[cell]!
      : cell
    : formatValue(cell, format);

/** A value that prose or a table names, as the page prints it. */
export const formatNamed = ({ value, format, shown }: NamedValue): string =>
  shown ?? formatValue(value, format);
