import { expect, test } from 'vitest';
import { reproduciblePdf } from '../../../../src/exports/reproducible-pdf.ts';

test('a PDF is dated by a day, its elements are numbered in order, and it is as long as it was', () => {
  const pdf = (first: number, second: number): Buffer =>
    Buffer.from(
      `\x80/CreationDate (D:20261128140203+00'00')\n/ModDate (D:20261128140203+00'00')\n/ID (node000002${first})/ID (node000002${second})[(node000002${first})]\xff`,
      'latin1',
    );
  const fixed = Buffer.from(reproduciblePdf(pdf(17, 90), '2026-01-02T03:04:05Z'));
  expect(fixed.toString('latin1')).toBe(
    "\x80/CreationDate (D:20260102000000+00'00')\n/ModDate (D:20260102000000+00'00')\n/ID (node00000001)/ID (node00000002)[(node00000001)]\xff",
  );
  expect(fixed).toEqual(reproduciblePdf(pdf(18, 91), '2026-01-02'));
});
