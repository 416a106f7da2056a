import { PaperError } from '../../../src/engine/stage/index.ts';

/** Eigenvalues below this share of the largest count as zero: dividing by them would blow up rounding. */
const rankTolerance = 1e-10;

/** @param values eigenvalues of E^T E, ascending. @throws RankDeficient */
export const requireRank = (values: Float64Array): void => {
  const largest = values.at(-1) ?? 0;
  const smallest = values[0] ?? 0;
  if (smallest > largest * rankTolerance) return;
  throw new PaperError(
    'RankDeficient',
    'E^T E lacks rank, so that forms on tokens do not fix forms of the stream.',
    {
      details: [
        `expected eigenvalues above ${rankTolerance} of the largest; received ${smallest} of ${largest}`,
      ],
      hint: 'count more top tokens than the model is wide.',
    },
  );
};
