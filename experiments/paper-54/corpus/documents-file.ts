/**
 * The corpus as a file: `{"name": …, "train": [documents], "heldOut": [documents]}`. It may be larger than memory
 * and than the longest string, so it is written and read document by document.
 */
import { closeSync, openSync, writeFileSync } from 'node:fs';
import { filePieces } from './file-pieces.ts';
import type { Documents } from './split-documents.ts';

/** @param jsonOf a document's text as a JSON string */
export const writeDocuments = <T>(
  path: string,
  { name, train, heldOut }: Documents<T>,
  jsonOf: (document: T) => string | Uint8Array,
): void => {
  const file = openSync(path, 'w');
  try {
    writeFileSync(file, `{"name":${JSON.stringify(name)}`);
    for (const [part, documents] of Object.entries({ train, heldOut })) {
      writeFileSync(file, `,"${part}":[`);
      documents.forEach((document, index) => {
        if (index > 0) writeFileSync(file, ',');
        writeFileSync(file, jsonOf(document));
      });
      writeFileSync(file, ']');
    }
    writeFileSync(file, '}');
  } finally {
    closeSync(file);
  }
};

const [quote, backslash, colon] = [0x22, 0x5c, 0x3a];

/** Where the string ends that begins before `from`; -1 where its end is not there yet. */
const closingQuote = (json: Buffer, from: number): number => {
  for (let end = json.indexOf(quote, from); end >= 0; end = json.indexOf(quote, end + 1)) {
    let escapes = 0;
    while (json[end - 1 - escapes] === backslash) escapes += 1;
    if (escapes % 2 === 0) return end;
  }
  return -1;
};

/** Every string value with the member that it stands in, itself or within an array. */
function* stringsOf(path: string): Generator<readonly [member: string, json: Buffer]> {
  let member = '';
  let rest: Buffer = Buffer.alloc(0);
  for (const piece of filePieces(path)) {
    const json = Buffer.concat([rest, piece]);
    let done = 0;
    for (;;) {
      const start = json.indexOf(quote, done);
      const end = start < 0 ? -1 : closingQuote(json, start + 1);
      // The byte after it tells a member's name from a value.
      const whole = end >= 0 && end + 1 < json.length;
      if (!whole) {
        done = start < 0 ? json.length : start;
        break;
      }
      const string = json.subarray(start, end + 1);
      if (json[end + 1] === colon) member = JSON.parse(string.toString('utf8'));
      else yield [member, string];
      done = end + 1;
    }
    rest = json.subarray(done);
  }
}

/** The documents of one part, in order. */
export function* readDocuments(path: string, part: 'train' | 'heldOut'): Generator<string> {
  for (const [member, json] of stringsOf(path)) {
    if (member === part) yield JSON.parse(json.toString('utf8'));
  }
}

export const readCorpusName = (path: string): string => {
  for (const [member, json] of stringsOf(path)) {
    if (member === 'name') return JSON.parse(json.toString('utf8'));
  }
  throw new Error(`internal: ${path} has no name`);
};
