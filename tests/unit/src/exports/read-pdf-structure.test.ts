import { expect, test } from 'vitest';
import { describePdf } from '../../../../src/exports/describe-pdf.ts';
import { nameFormulas } from '../../../../src/exports/name-elements.ts';
import { requireStructureInPdf } from '../../../../src/exports/read-pdf-structure.ts';
import { printedPdf } from './printed-pdf.ts';
import { masthead, pageOf } from './small-page.ts';

const page = pageOf('<h2>Of waves</h2><p>High.</p>');
const titles = [masthead.title, 'Of waves'];
const read = (pdf: Uint8Array, alt: string, formula: string): Promise<void> =>
  requireStructureInPdf('waves.pdf', page, [{ alt }], [formula], pdf);

test('a formula with a name is one in the structure, at the bytes that it had, and a figure stays one', async () => {
  const before = printedPdf(['Waves & tides', 'OfwavesOfwaves']);
  const named = nameFormulas(before);
  expect(named.length).toBe(before.length);
  await read(describePdf(named, masthead, titles), 'A wave', '$a^2$');
});

test('a PDF without a title, an alternative or the TeX of a formula is refused', async () => {
  const lost = printedPdf(['Waves & tides', 'Of']);
  await expect(read(describePdf(nameFormulas(lost), masthead, titles), 'A wave', '$a^2$')).rejects.toThrow(
    "internal: the outline of waves.pdf has no 'Of waves' behind 'Waves & tides'",
  );
  const whole = printedPdf(titles);
  await expect(read(whole, 'A wave', '$a^2$')).rejects.toThrow(
    "internal: no Formula of waves.pdf is said to be '$a^2$'",
  );
  await expect(read(nameFormulas(whole), 'A tide', '$a^2$')).rejects.toThrow(
    "internal: no Figure of waves.pdf is said to be 'A tide'",
  );
});
