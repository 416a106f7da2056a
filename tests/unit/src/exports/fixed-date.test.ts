import { expect, test } from 'vitest';
import { withFixedDate } from '../../../../src/exports/fixed-date.ts';

test('a PDF is dated by a day, and as long as it was', () => {
  const pdf = Buffer.from(
    "\x80/CreationDate (D:20261128140203+00'00')\n/ModDate (D:20261128140203+00'00')\xff",
    'latin1',
  );
  const fixed = Buffer.from(withFixedDate(pdf, '2026-01-02T03:04:05Z'));
  expect(fixed.toString('latin1')).toBe(
    "\x80/CreationDate (D:20260102000000+00'00')\n/ModDate (D:20260102000000+00'00')\xff",
  );
});
