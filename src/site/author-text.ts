import { readFileSync } from 'node:fs';
import { PaperError } from '../engine/stage/index.ts';

const replacement = '\uFFFD';

const notUtf8 = (file: string, what: string, from: string, line: number, column: number): PaperError =>
  new PaperError('NotUtf8', `${file} is not UTF-8: ${what}.`, {
    where: { file, line, column },
    details: ['expected text in UTF-8, as editors write it by default'],
    hint: `save it as UTF-8, or convert it: \`iconv -f ${from} -t UTF-8 ${file} > converted && mv converted ${file}\`.`,
  });

/** Of UTF-16, every other byte of plain text is zero, with a mark at its head or without. */
const requireNotUtf16 = (bytes: Buffer, file: string): void => {
  if (bytes.length < 2) return;
  const [first, second] = bytes;
  const [zeroFirst, zeroSecond] = [first === 0 && second !== 0, first !== 0 && second === 0];
  if ((first === 0xff && second === 0xfe) || zeroSecond)
    throw notUtf8(file, 'its bytes are those of UTF-16', 'UTF-16LE', 1, 1);
  if ((first === 0xfe && second === 0xff) || zeroFirst)
    throw notUtf8(file, 'its bytes are those of UTF-16', 'UTF-16BE', 1, 1);
};

/** The first character at which two texts differ. */
const firstBad = (bytes: Buffer): number => {
  const lossy = bytes.toString('utf8');
  // A file may hold the replacement character itself: what is read from its bytes alone is that.
  let offset = 0;
  for (let at = 0; at < lossy.length; at += 1) {
    const size = Buffer.byteLength(lossy[at] ?? '');
    if (lossy[at] === replacement && bytes.toString('latin1', offset, offset + 3) !== 'ï¿½') return at;
    // The two halves of a pair are three bytes each when they stand alone, and four together.
    offset += /[\uD800-\uDBFF]/.test(lossy[at] ?? '')
      ? 4
      : /[\uDC00-\uDFFF]/.test(lossy[at] ?? '')
        ? 0
        : size;
  }
  return lossy.length;
};

/** As Unix has them: no byte order mark, and one line feed a line. */
const unixText = (text: string): string => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');

/**
 * Bytes that an author wrote, as text: whatever editor ended its lines, they end alike here.
 *
 * @param file how an error's reader knows it
 * @throws NotUtf8 with line and column
 */
export const authorTextOf = (bytes: Buffer, file: string): string => {
  requireNotUtf16(bytes, file);
  try {
    return unixText(new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes));
  } catch {
    const at = firstBad(bytes);
    const before = unixText(bytes.toString('utf8').slice(0, at)).split('\n');
    const word = /\S{0,10}$/.exec(before.at(-1) ?? '')?.[0] ?? '';
    throw notUtf8(
      file,
      `a byte after '${word}' belongs to no character of it`,
      'LATIN1',
      before.length,
      (before.at(-1)?.length ?? 0) + 1,
    );
  }
};

/** A file that an author wrote, as text. @throws NotUtf8 */
export const readAuthorText = (path: string, file: string): string => authorTextOf(readFileSync(path), file);
