import { PaperError } from 'reproducible-paper/stage';
import { filePieces } from './file-pieces.ts';
import { createUtf8Decoder } from './utf8-decoder.ts';

/**
 * A UTF-8 text of any size, in pieces. Only its end tells whether it was one: who reads it uses nothing of it before.
 *
 * @throws CorpusEmpty, CorpusBinary or CorpusNotUtf8
 */
export function* verifiedText(path: string): Generator<string> {
  const decoder = createUtf8Decoder();
  let length = 0;
  let nul: number | undefined;
  for (const piece of filePieces(path)) {
    const at = nul === undefined ? piece.indexOf(0) : -1;
    if (at >= 0) nul = length + at;
    length += piece.length;
    const text = decoder.decode(piece);
    if (nul === undefined) yield text;
  }
  const bad = decoder.end();
  if (length === 0) {
    throw new PaperError('CorpusEmpty', 'the text is empty.', { hint: 'give a file that holds a text.' });
  }
  if (nul !== undefined) {
    throw new PaperError('CorpusBinary', `this is no text: it holds a NUL byte at offset ${nul}.`, {
      hint: 'give plain text; unpack or convert the file first.',
    });
  }
  if (bad !== undefined) {
    throw new PaperError(
      'CorpusNotUtf8',
      `the text is not UTF-8: its bytes stop being so at offset ${bad}.`,
      {
        hint: 'convert it first, for example with `iconv -f latin1 -t utf-8`.',
      },
    );
  }
}
