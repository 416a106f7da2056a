/** `D:20261128140203+00'00'` */
const written = /\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g;

/** What Chromium calls the elements of a tagged PDF: by numbers that differ a little from run to run. */
const names = /\(node(\d{8})\)/g;

/**
 * A PDF dated by a day and not by the clock, its elements numbered in their order, so that one page is one file. What
 * is written is as long as what was, since a PDF counts its bytes, and in the same order, since names are sorted.
 *
 * @param date ISO 8601
 */
export const reproduciblePdf = (pdf: Uint8Array, date: string): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const day = date.slice(0, 10).replaceAll('-', '');
  const inOrder = [...new Set([...text.matchAll(names)].map(([, number]) => number))].toSorted();
  const ranks = new Map(inOrder.map((number, rank) => [number, String(rank + 1).padStart(8, '0')]));
  return Buffer.from(
    text
      .replace(written, (entry) => entry.replace(/D:\d{14}/, `D:${day}000000`))
      .replace(names, (_, number: string) => `(node${ranks.get(number)})`),
    'latin1',
  );
};
