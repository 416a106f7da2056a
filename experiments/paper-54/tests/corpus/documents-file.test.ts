import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import { readCorpusName, readDocuments, writeDocuments } from '../../corpus/documents-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'documents-'));
const file = join(folder, 'documents.json');
afterAll(() => rmSync(folder, { recursive: true }));

const readBack = () => ({
  name: readCorpusName(file),
  train: [...readDocuments(file, 'train')],
  heldOut: [...readDocuments(file, 'heldOut')],
});

test('documents are one JSON object, whatever they hold, and come back one by one', () => {
  const text = fc.oneof(
    fc.string({ unit: 'grapheme' }),
    fc.constantFrom('heldOut', '"', '\\', '\\"', '":["'),
  );
  const part = fc.array(text, { maxLength: 5 });
  fc.assert(
    fc.property(text, part, part, (name, train, heldOut) => {
      writeDocuments(file, { name, train, heldOut }, JSON.stringify);
      expect(readFileSync(file, 'utf8')).toBe(JSON.stringify({ name, train, heldOut }));
      expect(readBack()).toEqual({ name, train, heldOut });
    }),
    { seed: 54, numRuns: 100 },
  );
});

test('a document may be longer than the pieces in which the file is read, and end at their border', () => {
  for (let length = 2 ** 19 - 24; length < 2 ** 19; length += 2) {
    const documents = { name: 'long', train: ['\\'.repeat(length), 'ü"'.repeat(9)], heldOut: ['x'] };
    writeDocuments(file, documents, JSON.stringify);
    expect([...readDocuments(file, 'train')].join('|') === documents.train.join('|')).toBe(true);
    expect([...readDocuments(file, 'heldOut')]).toEqual(documents.heldOut);
  }
});
