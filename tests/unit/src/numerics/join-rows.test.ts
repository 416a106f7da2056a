import { expect, test } from 'vitest';
import { joinRows } from '../../../../src/numerics/join-rows.ts';

test('rows stand one after the other, views of a longer array too', () => {
  const long = Float64Array.of(0, 1, 2, 3);
  expect(joinRows([long.subarray(1, 3), Float64Array.of(7, 8)])).toEqual(Float64Array.of(1, 2, 7, 8));
});
