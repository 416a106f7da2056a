import { expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { requireRecordedLoss } from '../../training/require-recorded-loss.ts';

test('rounding is no difference', () => {
  expect(() => requireRecordedLoss('v1', 5.25, 5.2504)).not.toThrow();
});

test.for([5.252, 5.248, Number.NaN])('%s is not the recorded 5.25', (computed) => {
  expect(errorText(() => requireRecordedLoss('v1', 5.25, computed))).toBe(
    [
      'RecordedLossDiffers: the weights of v1 do not give the held-out loss that was recorded with them.',
      `  expected 5.25 nats within 0.001; received ${computed}`,
      '  the loss was recorded of the weights as they are stored, on the same text',
      "  hint: weights and curve are of different runs, or the model's code changed: make the run again with `npm run train -- train-v1`.",
    ].join('\n'),
  );
});
