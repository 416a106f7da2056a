import { formatValue } from './format-value.ts';
import { superscript } from './superscript.ts';

/**
 * A number of which no format is known, in text that can raise nothing: `0.0182`, or `5.84 × 10⁻¹³`.
 *
 * @param digits from the first that is not zero; 1 to 21
 */
export const numberText = (value: number, digits: number): string =>
  formatValue(Number(value.toPrecision(digits)), undefined).replace(/\^(−?\d+)/, (_, exponent: string) =>
    superscript(exponent),
  );
