import { getMeta } from 'unpdf';
import { expect, test } from 'vitest';
import { describePdf } from '../../../../src/exports/describe-pdf.ts';

/** As Chromium writes one, of an empty page. */
const printed = (): Buffer => {
  const objects = [
    '<</Title (Waves)\n/Creator (Mozilla/5.0 \\(X11\\) Safari)\n/Producer (Skia/PDF)>>',
    '<</Type /Catalog\n/Pages 3 0 R>>',
    '<</Type /Pages\n/Count 1\n/Kids [4 0 R]>>',
    '<</Type /Page\n/Parent 3 0 R\n/MediaBox [0 0 9 9]>>',
  ].map((object, at) => `${at + 1} 0 obj\n${object}\nendobj\n`);
  const offsets: number[] = [];
  let text = '%PDF-1.4\n';
  for (const object of objects) {
    offsets.push(text.length);
    text += object;
  }
  const rows = offsets.map((offset) => `${String(offset).padStart(10, '0')} 00000 n \n`).join('');
  return Buffer.from(
    `${text}xref\n0 5\n0000000000 65535 f \n${rows}trailer\n<</Size 5\n/Root 2 0 R\n/Info 1 0 R>>\nstartxref\n${text.length}\n%%EOF`,
    'latin1',
  );
};

test('a PDF says who wrote it and what of, in any script, after bytes that stay as they were', async () => {
  const before = printed();
  const described = describePdf(before, { authors: ['Ada Ó', '李'], summary: 'Are waves (small) ∑?' });
  expect(described.subarray(0, before.length)).toEqual(before);
  expect((await getMeta(new Uint8Array(described))).info).toMatchObject({
    Title: 'Waves',
    Author: 'Ada Ó, 李',
    Subject: 'Are waves (small) ∑?',
    Creator: 'reproducible-paper',
    Producer: 'Skia/PDF',
  });
});
