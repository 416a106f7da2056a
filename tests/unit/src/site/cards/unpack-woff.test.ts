import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import * as fontkitten from 'fontkitten';
import { expect, test } from 'vitest';
import { unpackWoff } from '../../../../../src/site/cards/unpack-woff.ts';

const packed = readFileSync(
  createRequire(import.meta.url).resolve(
    '@fontsource/source-sans-3/files/source-sans-3-latin-400-normal.woff',
  ),
);
const widths = (bytes: Buffer): readonly number[] =>
  (fontkitten.create(bytes) as fontkitten.Font)
    .glyphsForString('V/Q grows −1')
    .map(({ advanceWidth }) => advanceWidth);

/** The sum of big-endian words, as the directory of an OpenType font has it of each table. */
const checksumOf = (table: Buffer): number => {
  const padded = Buffer.concat([table, Buffer.alloc((4 - (table.length % 4)) % 4)]);
  let sum = 0;
  for (let at = 0; at < padded.length; at += 4) sum = (sum + padded.readUInt32BE(at)) >>> 0;
  return sum;
};

test('a font of the page is unpacked to the one that it packs', () => {
  const font = unpackWoff(packed);
  expect(widths(font)).toEqual(widths(packed));
  const nTables = font.readUInt16BE(4);
  expect(nTables).toBe(packed.readUInt16BE(12));
  for (let at = 12; at < 12 + 16 * nTables; at += 16) {
    const [checksum, offset, length] = [4, 8, 12].map((place) => font.readUInt32BE(at + place));
    // Of the head it is taken before the whole font's own is written into it.
    if (font.toString('latin1', at, at + 4) === 'head') continue;
    expect(checksumOf(font.subarray(offset, offset! + length!))).toBe(checksum);
  }
});

test('what is no WOFF is refused', () => {
  expect(() => unpackWoff(unpackWoff(packed))).toThrow('a font is no WOFF');
});
