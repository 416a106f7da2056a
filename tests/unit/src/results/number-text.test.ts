import { expect, test } from 'vitest';
import { numberText } from '../../../../src/results/number-text.ts';

test('numbers have a real minus, and the very small and large ones powers of ten', () => {
  expect(numberText(-0.0024284980783704667, 5)).toBe('−0.0024285');
  expect(numberText(5.842725958292733e-13, 5)).toBe('5.8427\u202f×\u202f10⁻¹³');
  expect(numberText(-1.82e21, 3)).toBe('−1.82\u202f×\u202f10²¹');
  expect(numberText(0.05, 3)).toBe('0.05');
  expect(numberText(0, 3)).toBe('0');
});
