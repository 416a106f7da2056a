import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { PaperError } from '../../../src/engine/stage/paper-error.ts';
import { filePieces } from './file-pieces.ts';
import { createUtf8Decoder } from './utf8-decoder.ts';

/**
 * A UTF-8 text of any size, in pieces. Only its end tells whether it was the text that the digest names: who
 * reads it uses nothing of it before.
 *
 * @throws CorpusNotFound, CorpusEmpty, CorpusDigestMismatch, CorpusBinary or CorpusNotUtf8, naming the file
 */
export function* verifiedText(path: string, expected: string | undefined): Generator<string> {
  if (!existsSync(path)) {
    throw new PaperError('CorpusNotFound', `there is no file ${path}.`, {
      hint: 'give the path of a UTF-8 text after --corpus.',
    });
  }
  const hash = createHash('sha256');
  const decoder = createUtf8Decoder();
  let length = 0;
  let nul: number | undefined;
  for (const piece of filePieces(path)) {
    hash.update(piece);
    const at = nul === undefined ? piece.indexOf(0) : -1;
    if (at >= 0) nul = length + at;
    length += piece.length;
    const text = decoder.decode(piece);
    if (nul === undefined) yield text;
  }
  const bad = decoder.end();
  if (length === 0) {
    throw new PaperError('CorpusEmpty', `${path} is empty.`, { hint: 'give a file that holds a text.' });
  }
  const received = hash.digest('hex');
  if (received !== expected) {
    throw new PaperError('CorpusDigestMismatch', `${path} is not the text that was named by its digest.`, {
      details: [`expected sha256 ${expected ?? '(none given)'}`, `received ${received}`],
      hint: `if this is the text that you mean, add --sha256 ${received}`,
    });
  }
  if (nul !== undefined) {
    throw new PaperError('CorpusBinary', `${path} is not a text: it holds a NUL byte at offset ${nul}.`, {
      hint: 'give plain text; unpack or convert the file first.',
    });
  }
  if (bad !== undefined) {
    throw new PaperError('CorpusNotUtf8', `${path} is not UTF-8: its bytes stop being so at offset ${bad}.`, {
      hint: `convert it first, for example with \`iconv -f latin1 -t utf-8 ${basename(path)}\`.`,
    });
  }
}
