import type { NamedValue } from './derive-values.ts';
import type { Format } from './format.ts';
import type { ShownColumn } from './presentation.ts';
import type { PlainCell } from './result-schema.ts';

/** A real minus sign, of a figure's width. */
const minus = '\u2212';

const signed = (text: string): string => text.replace(/^-/, minus);

/** -0.00 says less than 0.00 and looks like an error. */
const withoutNegativeZero = (text: string): string => (/^-[0.]+$/.test(text) ? text.slice(1) : text);

const fixed = (value: number, digits: number): string => withoutNegativeZero(value.toFixed(digits));

/** So many digits from the first that is not zero, without an exponent. */
const significant = (value: number, digits: number): string => {
  const rounded = Number(value.toPrecision(digits));
  const magnitude = rounded === 0 ? 0 : Math.floor(Math.log10(Math.abs(rounded)));
  // toFixed gives at most a hundred digits; a number below them prints as zero.
  return fixed(rounded, Math.min(100, Math.max(0, digits - 1 - magnitude)));
};

/** A number as the page prints it; words stay as they are. */
export const formatValue = (value: number | string | null, format: Format | undefined): string => {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (!format) return signed(String(value));
  switch (format.style) {
    case 'fixed':
      return signed(fixed(value, format.digits));
    case 'signed': {
      const text = fixed(value, format.digits);
      return /^[0.]+$/.test(text) || text.startsWith('-') ? signed(text) : `+${text}`;
    }
    case 'share':
      return `${signed(fixed(value * 100, format.digits))}\u202f%`;
    case 'scientific': {
      const [digits = '', exponent = '0'] = value.toExponential(format.digits).split('e');
      return `${signed(digits)}\u202f×\u202f10^${signed(String(Number(exponent)))}`;
    }
    case 'significant':
      return signed(significant(value, format.digits));
    case 'count':
      return signed(Math.round(value).toLocaleString('en-US'));
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
