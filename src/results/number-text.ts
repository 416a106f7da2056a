import { formatValue } from './format-value.ts';
import { superscript } from './superscript.ts';

/** A number as it is printed, in text that can raise nothing: `5.84 × 10^−13` is `5.84 × 10⁻¹³`. */
export const raisedText = (printed: string): string =>
  printed.replace(/(?<=\u202f×\u202f10)\^(−?\d+)/, (_, exponent: string) => superscript(exponent));

/**
 * A number of which no format is known, in text that can raise nothing: `0.0182`, or `5.84 × 10⁻¹³`.
 *
 * @param digits from the first that is not zero; 1 to 21
 */
export const numberText = (value: number, digits: number): string =>
  raisedText(formatValue(Number(value.toPrecision(digits)), undefined));
