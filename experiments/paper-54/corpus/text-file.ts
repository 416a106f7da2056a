import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { basename } from 'node:path';
import { z } from 'zod';
import { defineStage } from '../../../src/engine/define-stage.ts';
import { sha256 } from '../../../src/engine/digest.ts';
import { PaperError } from '../../../src/engine/paper-error.ts';
import { splitDocuments } from './split-documents.ts';

/** Fewer would leave too little to train on, and no document to hold out. */
const fewestDocuments = 20;

/** @throws CorpusNotFound, CorpusEmpty, CorpusDigestMismatch, CorpusBinary or CorpusNotUtf8, naming the file */
const readText = (path: string, expected: string | undefined): string => {
  if (!existsSync(path)) {
    throw new PaperError('CorpusNotFound', `there is no file ${path}.`, {
      hint: 'give the path of a UTF-8 text after --corpus.',
    });
  }
  const bytes = readFileSync(path);
  if (bytes.length === 0) {
    throw new PaperError('CorpusEmpty', `${path} is empty.`, { hint: 'give a file that holds a text.' });
  }
  const received = sha256(bytes);
  if (received !== expected) {
    throw new PaperError('CorpusDigestMismatch', `${path} is not the text that was named by its digest.`, {
      details: [`expected sha256 ${expected ?? '(none given)'}`, `received ${received}`],
      hint: `if this is the text that you mean, add --sha256 ${received}`,
    });
  }
  const nul = bytes.indexOf(0);
  if (nul >= 0) {
    throw new PaperError('CorpusBinary', `${path} is not a text: it holds a NUL byte at offset ${nul}.`, {
      hint: 'give plain text; unpack or convert the file first.',
    });
  }
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    throw new PaperError(
      'CorpusNotUtf8',
      `${path} is not UTF-8: its bytes stop being so at offset ${firstBadByte(bytes)}.`,
      {
        hint: `convert it first, for example with \`iconv -f latin1 -t utf-8 ${basename(path)}\`.`,
      },
    );
  }
};

const firstBadByte = (bytes: Uint8Array): number => {
  const decodes = (end: number): boolean => {
    try {
      // As a stream, so that a character cut at the end is not an error.
      new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(0, end), { stream: true });
      return true;
    } catch {
      return false;
    }
  };
  let good = 0;
  let bad = bytes.length;
  if (decodes(bad)) return bad;
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    if (decodes(middle)) good = middle;
    else bad = middle;
  }
  return good;
};

/** Paragraphs joined until a document has so many characters: any text has paragraphs, few have chapters. */
const cutDocuments = (text: string, documentCharacters: number): readonly string[] => {
  const documents: string[] = [];
  let current = '';
  for (const paragraph of text.split(/\n\s*\n/)) {
    current = current === '' ? paragraph : `${current}\n\n${paragraph}`;
    if (current.length >= documentCharacters) {
      documents.push(current);
      current = '';
    }
  }
  return current.trim() === '' ? documents : [...documents, current];
};

/** Any UTF-8 text, named by its digest: the key holds the digest, and the file is held to it when it is read. */
export const textFile = defineStage({
  module: import.meta.url,
  exportName: 'textFile',
  kind: 'exact',
  inputs: {},
  outputs: { documents: 'documents.json' },
  params: z.strictObject({
    path: z.string(),
    sha256: z.string().optional(),
    shuffleSeed: z.int().default(54),
    heldOutEvery: z.int().min(2).default(10),
    /** Length of the documents that the text is cut into, in characters; Brown's have some 12,000. */
    documentCharacters: z.int().positive().default(12_000),
  }),
  run: ({ params, outputs }) => {
    const documents = cutDocuments(readText(params.path, params.sha256), params.documentCharacters);
    if (documents.length < fewestDocuments) {
      throw new PaperError(
        'CorpusTooShort',
        `${params.path} is too short to train on and to hold some of it out.`,
        {
          details: [
            `expected at least ${fewestDocuments} documents of ${params.documentCharacters} characters; received ${documents.length}`,
          ],
          hint: 'give a longer text: a few million characters make a model worth looking at.',
        },
      );
    }
    writeFileSync(
      outputs.documents,
      JSON.stringify(splitDocuments(basename(params.path), documents, params)),
    );
  },
});
