import { type Assessment, besideInterval, type ResultReader } from 'reproducible-paper/claims';

/** A verdict on forms of all runs together, beside the interval over them of how far a row's effect is from zero. */
export const besideTrainings = (
  { cell, eachSeed }: ResultReader,
  row: string,
  found: Assessment,
): Assessment => {
  const n = eachSeed((results) => results.rows('form-test')).length;
  if (n < 2) return found;
  const [mean, low, high] = ['effect', 'effect-low', 'effect-high'].map((of) =>
    cell('form-test-summary', row, of),
  );
  return besideInterval(found, { of: 'effect', mean: mean!, low: low!, high: high!, n });
};
