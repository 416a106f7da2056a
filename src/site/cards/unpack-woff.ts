import { inflateSync } from 'node:zlib';

/** Bytes of the head of a WOFF, of an entry of its table directory, and of the same in an OpenType font. */
const [woffHead, woffEntry, fontHead, fontEntry] = [44, 20, 12, 16];

const upToFour = (length: number): number => (length + 3) & ~3;

/**
 * A WOFF as the OpenType font that it packs.
 *
 * @throws Error where the bytes are those of no WOFF 1.0
 * @see https://www.w3.org/TR/WOFF/
 */
export const unpackWoff = (woff: Buffer): Buffer => {
  if (woff.toString('latin1', 0, 4) !== 'wOFF') throw new Error('internal: a font is no WOFF');
  const nTables = woff.readUInt16BE(12);
  const tables = Array.from({ length: nTables }, (_, at) => {
    const entry = woffHead + at * woffEntry;
    const [offset, packedSize, size] = [4, 8, 12].map((place) => woff.readUInt32BE(entry + place));
    const packed = woff.subarray(offset, offset! + packedSize!);
    return {
      tag: woff.subarray(entry, entry + 4),
      checksum: woff.subarray(entry + 16, entry + 20),
      // One that compression made no smaller is stored as it is.
      data: packedSize! < size! ? inflateSync(packed) : packed,
    };
  });
  const starts: number[] = [];
  let end = fontHead + nTables * fontEntry;
  for (const { data } of tables) {
    starts.push(end);
    end += upToFour(data.length);
  }
  const font = Buffer.alloc(end);
  woff.copy(font, 0, 4, 8);
  font.writeUInt16BE(nTables, 4);
  const power = Math.floor(Math.log2(nTables));
  font.writeUInt16BE(fontEntry * 2 ** power, 6);
  font.writeUInt16BE(power, 8);
  font.writeUInt16BE(fontEntry * (nTables - 2 ** power), 10);
  for (const [at, { tag, checksum, data }] of tables.entries()) {
    const entry = fontHead + at * fontEntry;
    tag.copy(font, entry);
    checksum.copy(font, entry + 4);
    font.writeUInt32BE(starts[at]!, entry + 8);
    font.writeUInt32BE(data.length, entry + 12);
    data.copy(font, starts[at]!);
  }
  return font;
};
