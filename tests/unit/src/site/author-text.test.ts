import fc from 'fast-check';
import { expect, test } from 'vitest';
import { authorTextOf } from '../../../../src/site/author-text.ts';
import { errorText } from '../../../error-text.ts';

const read = (bytes: Buffer): string => authorTextOf(bytes, 'a.bib');
const text = fc.array(fc.oneof(fc.string({ unit: 'grapheme' }), fc.constant('é')), { maxLength: 6 });
const plain = text.map((lines) => lines.map((line) => line.replace(/[\r\n\0\uFEFF]/g, '')));

test('whatever ends its lines, a text is the same', () => {
  fc.assert(
    fc.property(plain, fc.constantFrom('\n', '\r\n', '\r'), fc.boolean(), (lines, end, isMarked) => {
      const bytes = Buffer.from((isMarked ? '\uFEFF' : '') + lines.join(end));
      expect(read(bytes)).toBe(lines.join('\n'));
    }),
  );
});

test('the least of files are text', () => {
  expect(read(Buffer.from(''))).toBe('');
  expect(read(Buffer.from('a'))).toBe('a');
});

test('bytes that are no UTF-8 are refused at the first of them', () => {
  fc.assert(
    fc.property(plain, plain, fc.constantFrom(0xe9, 0xff, 0x80, 0xc3), (before, after, byte) => {
      const start = before.join('\n');
      // An ASCII letter on both sides, so that the byte can be no part of a character.
      const bytes = Buffer.concat([
        Buffer.from(`${start}x`),
        Buffer.from([byte]),
        Buffer.from(`x${after.join('\n')}`),
      ]);
      const lines = start.split('\n');
      expect(errorText(() => read(bytes))).toContain(
        `\n  a.bib:${lines.length}:${(lines.at(-1)?.length ?? 0) + 2}\n`,
      );
    }),
  );
});

test('a replacement character that an author wrote is one', () => {
  expect(read(Buffer.from('a\uFFFDb'))).toBe('a\uFFFDb');
  expect(errorText(() => read(Buffer.concat([Buffer.from('\uFFFD\nab'), Buffer.from([0xe9])])))).toContain(
    'a.bib:2:3',
  );
});

test('UTF-16 is told as itself, with its mark or without', () => {
  const said = `NotUtf8: a.bib is not UTF-8: its bytes are those of UTF-16.
  a.bib:1:1
  expected text in UTF-8, as editors write it by default
  hint: save it as UTF-8, or convert it: \`iconv -f UTF-16LE -t UTF-8 a.bib > converted && mv converted a.bib\`.`;
  const bytes = Buffer.from('@book{a}', 'utf16le');
  expect(errorText(() => read(bytes))).toBe(said);
  expect(errorText(() => read(Buffer.concat([Buffer.from([0xff, 0xfe]), bytes])))).toBe(said);
  expect(errorText(() => read(bytes.swap16()))).toContain('iconv -f UTF-16BE');
});
