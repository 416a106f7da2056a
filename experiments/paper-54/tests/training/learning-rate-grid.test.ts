import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { lowestRate, requireRateOfTheGrid } from '../../training/learning-rate-grid.ts';

const rows = [
  { learningRate: 0.001, heldOutLossNats: 6.7 },
  { learningRate: 0.002, heldOutLossNats: 6.6 },
  { learningRate: 0.004, heldOutLossNats: 6.8 },
];

test('the rate with the lowest held-out loss is the one that must be used', () => {
  expect(lowestRate(rows)).toBe(0.002);
  expect(() => requireRateOfTheGrid(0.002, 0.002)).not.toThrow();
  expect(errorText(() => requireRateOfTheGrid(0.001, 0.002))).toBe(
    [
      'RateNotOfTheGrid: the trainings use another learning rate than the grid chose.',
      '  expected 0.002, which has the lowest held-out loss of the grid; received 0.001',
      '  hint: set learningRate: 0.002 in the paper profile of config.ts, or run the grid again and record it.',
    ].join('\n'),
  );
});
