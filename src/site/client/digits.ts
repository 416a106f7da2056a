import { formatValue } from '../../results/format-value.ts';
import { superscript } from '../../results/superscript.ts';

/** Five digits, for what no format of a table is known of; the very small and large as powers of ten: `5.8 × 10⁻¹³`. */
export const digits = (value: number): string =>
  formatValue(Number(value.toPrecision(5)), undefined).replace(/\^(−?\d+)/, (_, exponent: string) =>
    superscript(exponent),
  );
