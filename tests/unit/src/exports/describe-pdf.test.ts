import { getDocumentProxy, getMeta } from 'unpdf';
import { expect, test } from 'vitest';
import { describePdf } from '../../../../src/exports/describe-pdf.ts';
import { printedPdf } from './printed-pdf.ts';

test('a PDF says who wrote it and what of, in any script, after bytes that stay as they were', async () => {
  const before = printedPdf(['Waves', 'High']);
  const described = describePdf(before, { authors: ['Ada Ó', '李'], summary: 'Are waves (small) ∑?' }, []);
  expect(described.subarray(0, before.length)).toEqual(before);
  expect((await getMeta(new Uint8Array(described))).info).toMatchObject({
    Title: 'Waves',
    Author: 'Ada Ó, 李',
    Subject: 'Are waves (small) ∑?',
    Creator: 'reproducible-paper',
    Producer: 'Skia/PDF',
  });
});

test('titles of the outline are those of the page where Chromium lost a space or wrote one twice', async () => {
  const drawn = printedPdf([
    'Are they read off acorpus (or not)?',
    '<FEFF004F0067004F0067>',
    'A Qsquare',
    'The end',
  ]);
  const titles = ['Are they read off a corpus (or not)?', 'Og', 'The end'];
  const described = describePdf(drawn, { authors: [], summary: '' }, titles);
  const [title] = await (await getDocumentProxy(new Uint8Array(described))).getOutline();
  expect([title?.title, ...(title?.items ?? []).map((item: { title: string }) => item.title)]).toEqual([
    'Are they read off a corpus (or not)?',
    'Og',
    'A Qsquare',
    'The end',
  ]);
});
