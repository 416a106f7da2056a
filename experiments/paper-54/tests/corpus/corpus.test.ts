import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { errorText } from '../../../../tests/error-text.ts';
import { detokenise } from '../../corpus/detokenise.ts';
import { splitDocuments } from '../../corpus/split-documents.ts';
import { textFile } from '../../corpus/text-file.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'corpus-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

test('tagged words become text that one can read', () => {
  expect(detokenise("The/at jury/nn said/vbd ,/, ``/`` No/rb ''/'' ./.")).toBe('The jury said, “No”.');
  expect(detokenise('It/pps paid/vbd 1-1/2/cd (/( net/jj )/) ./.')).toBe('It paid 1-1/2 (net).');
  expect(detokenise('A/at day/nn --/-- long/jj\n\n\nThen/rb rest/nn')).toBe('A day—long\n\nThen rest');
  expect(detokenise('He/pps saw/vbd Dr./np ./.')).toBe('He saw Dr.');
});

test('every tenth document of one fixed order is held out, whole', () => {
  const documents = Array.from({ length: 100 }, (_, index) => `document ${index}`);
  const split = splitDocuments('test', documents, { shuffleSeed: 54, heldOutEvery: 10 });
  expect(split.heldOut).toHaveLength(10);
  expect([...split.train, ...split.heldOut].toSorted()).toEqual(documents.toSorted());
  expect(splitDocuments('test', documents, { shuffleSeed: 54, heldOutEvery: 10 })).toEqual(split);
  expect(split.train.slice(0, 9)).not.toEqual(documents.slice(0, 9));
});

/** Runs the stage on a text: what it wrote, or the text of its error, with nothing written. */
const read = (bytes: string | Uint8Array, given: { documentCharacters?: number } = {}): string => {
  const text = join(folder, 'text.txt');
  writeFileSync(text, bytes);
  const documents = join(folder, 'documents.json');
  const told = errorText(() =>
    textFile.run({
      params: textFile.params.parse(given),
      inputs: {},
      files: { text },
      outputs: { documents },
      scratch: folder,
      report: () => undefined,
    }),
  );
  return existsSync(documents) ? readFileSync(documents, 'utf8') : told;
};

test('any UTF-8 text is cut into documents at its paragraphs, and nothing is lost', () => {
  const paragraphs = Array.from({ length: 60 }, (_, index) => `Absatz ${index} über Bäume und mehr.`);
  const { train, heldOut } = JSON.parse(read(paragraphs.join('\n\n'), { documentCharacters: 50 }));
  expect([...train, ...heldOut].join('\n\n').split('\n\n').toSorted()).toEqual(paragraphs.toSorted());
});

test('a text that is empty, too short, binary or not UTF-8 is refused by name', () => {
  expect(read('')).toBe('CorpusEmpty: the text is empty.\n  hint: give a file that holds a text.');
  expect(read('One paragraph.')).toBe(
    [
      'CorpusTooShort: the text is too short to train on and to hold some of it out.',
      '  expected at least 20 documents of some 12000 characters, 240000 in all; received 1 of 14 in all',
      '  hint: give a longer text: a few million characters make a model worth looking at.',
    ].join('\n'),
  );
  expect(read('a\0b')).toBe(
    [
      'CorpusBinary: this is no text: it holds a NUL byte at offset 1.',
      '  hint: give plain text; unpack or convert the file first.',
    ].join('\n'),
  );
  const latin = Uint8Array.of(0x63, 0x61, 0x66, 0xe9, 0x20);
  expect(read(latin)).toBe(
    [
      'CorpusNotUtf8: the text is not UTF-8: its bytes stop being so at offset 4.',
      '  hint: convert it first, for example with `iconv -f latin1 -t utf-8`.',
    ].join('\n'),
  );
});

test('a fault in the midst of a long text is found, and a character across the border of pieces is none', () => {
  // Three bytes each, so that some character lies across every power of two.
  const before = '—'.repeat(500_000);
  const broken = Buffer.concat([Buffer.from(before), Uint8Array.of(0xff), Buffer.from(' and on')]);
  expect(read(broken)).toBe(
    [
      'CorpusNotUtf8: the text is not UTF-8: its bytes stop being so at offset 1500000.',
      '  hint: convert it first, for example with `iconv -f latin1 -t utf-8`.',
    ].join('\n'),
  );
  expect(read(Buffer.concat([broken, Uint8Array.of(0)]))).toBe(
    [
      'CorpusBinary: this is no text: it holds a NUL byte at offset 1500008.',
      '  hint: give plain text; unpack or convert the file first.',
    ].join('\n'),
  );
  const paragraphs = Array.from({ length: 30 }, () => '—'.repeat(20_000));
  const { train, heldOut } = JSON.parse(read(paragraphs.join('\n\n')));
  expect([...train, ...heldOut]).toEqual(paragraphs);
});

test('emoji are counted once, and lone surrogates are no UTF-8', () => {
  expect(read('😀'.repeat(7))).toContain('received 1 of 7 in all');
  expect(read(Buffer.concat([Buffer.from('😀'), Uint8Array.of(0xed, 0xa0, 0x80)]))).toContain(
    'CorpusNotUtf8: the text is not UTF-8: its bytes stop being so at offset 5.',
  );
});

test('a text without a blank line, of lines or of one, is a corpus', () => {
  for (const separator of ['\n', '\r', '\r\n', '\u2028', ' ']) {
    const text = Array.from({ length: 6000 }, (_, at) => `The ${at}th sentence of a text without end.`).join(
      separator,
    );
    const { train, heldOut } = JSON.parse(read(text));
    expect(train.length + heldOut.length).toBeGreaterThanOrEqual(20);
  }
});
