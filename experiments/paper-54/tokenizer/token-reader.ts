import { openSafetensors } from 'reproducible-paper/numerics/safetensors';

/** Token ids [pos] that are read in pieces. An Int32Array is one, whose ids are all in memory. */
export interface TokenReader {
  readonly length: number;
  /** The ids at `start` to before `end`; fewer where the text ends before. */
  slice(start: number, end: number): Int32Array;
}

/** What `encodeCorpus` wrote: ids left in their file, since 1 GB of text has more of them than fit in memory. */
export interface Tokens {
  readonly vocabSize: number;
  /** @throws TensorMissing */
  readonly part: (name: 'train' | 'heldOut') => TokenReader;
}

/** @throws BadSafetensors */
export const openTokens = (path: string): Tokens => {
  const { metadata, reader } = openSafetensors(path);
  return {
    vocabSize: Number(metadata['vocabSize']),
    part: (name) => {
      const ids = reader(name);
      return { length: ids.length, slice: (start, end) => Int32Array.from(ids.slice(start, end)) };
    },
  };
};

// 1 MB of ids.
const pieceTokens = 2 ** 18;

/** All ids of a text, in order. */
export function* tokenPieces(tokens: TokenReader): Generator<Int32Array> {
  for (let start = 0; start < tokens.length; start += pieceTokens) {
    yield tokens.slice(start, start + pieceTokens);
  }
}
