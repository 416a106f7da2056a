import { loadTokenizer } from './load-tokenizer.ts';
import { detached, wordsOf } from './words.ts';

/** Some 100 MB of memory. */
const mostKnownWords = 2 ** 19;

export interface Encoder {
  readonly tokenId: (token: string) => number | undefined;
  /** Token ids [pos], or undefined when the text does not come back from them as it was. */
  readonly encode: (text: string) => readonly number[] | undefined;
}

/**
 * The ids that the library gives, several times as fast: a text's words repeat, and the library sees each
 * distinct one once. No merge crosses words, and a word alone is split as it is within a text.
 *
 * @param json a tokenizer.json that splits into `words.ts`'s words
 * @param mostWords how many distinct words are remembered
 */
export const createEncoder = (json: string, mostWords = mostKnownWords): Encoder => {
  const tokenizer = loadTokenizer(json);
  const added = [...tokenizer.get_added_tokens_decoder().values()].map(({ content }) => content);
  const known = new Map<string, readonly number[]>();
  const encodeWhole = (text: string): readonly number[] | undefined => {
    const { ids } = tokenizer.encode(text);
    // The library cannot decode nothing.
    return (ids.length === 0 ? '' : tokenizer.decode(ids)) === text ? ids : undefined;
  };
  const encodeWord = (word: string): readonly number[] | undefined => {
    const ids = known.get(word) ?? encodeWhole(word);
    if (!ids || known.has(word)) return ids;
    if (known.size >= mostWords) known.clear();
    known.set(detached(word), ids);
    return ids;
  };
  return {
    tokenId: (token) => tokenizer.token_to_id(token),
    encode: (text) => {
      // A token that is written out in the text is one token for the library, across the borders of words.
      if (added.some((token) => text.includes(token))) return encodeWhole(text);
      const all: number[] = [];
      for (const word of wordsOf(text)) {
        const ids = encodeWord(word);
        if (!ids) return undefined;
        for (const id of ids) all.push(id);
      }
      return all;
    },
  };
};
