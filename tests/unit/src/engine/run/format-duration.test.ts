import { expect, test } from 'vitest';
import { formatDuration } from '../../../../../src/engine/run/format-duration.ts';

test('a duration is told in the unit that a person would choose', () => {
  const told = [200, 89_000, 91_000, 45 * 60_000, 89 * 60_000, 3.25 * 3_600_000].map(formatDuration);
  expect(told).toEqual(['1 s', '89 s', '2 min', '45 min', '89 min', '3.3 h']);
});
