import { numberText } from '../../results/number-text.ts';

/** Five digits, for what no format of a table is known of. */
export const digits = (value: number): string => numberText(value, 5);
