/** `D:20261128140203+00'00'` */
const written = /\/(CreationDate|ModDate) \(D:\d{14}[^)]*\)/g;

/**
 * A PDF dated by a day and not by the clock, so that one page is one file. What is written is as long as what was: a
 * PDF counts its bytes.
 *
 * @param date ISO 8601
 */
export const withFixedDate = (pdf: Uint8Array, date: string): Uint8Array => {
  const text = Buffer.from(pdf).toString('latin1');
  const day = date.slice(0, 10).replaceAll('-', '');
  return Buffer.from(
    text.replace(written, (entry) => entry.replace(/D:\d{14}/, `D:${day}000000`)),
    'latin1',
  );
};
