import { detached, wordsOf } from './words.ts';

/** 300 MB of memory, at most, while merges are learnt. */
const mostDistinctWords = 1_000_000;

/**
 * How often each word stands in texts. Exact up to a million distinct words, which takes some hundreds of MB of
 * text; beyond, the rarest are forgotten each time that there are so many, as word2vec does (Mikolov et al.
 * 2013), so that memory stays bounded whatever the text.
 */
export const countWords = (
  texts: Iterable<string>,
  most = mostDistinctWords,
): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  let forgotten = 0;
  for (const text of texts) {
    for (const word of wordsOf(text)) {
      const count = counts.get(word);
      counts.set(count === undefined ? detached(word) : word, (count ?? 0) + 1);
    }
    while (counts.size > most) {
      forgotten += 1;
      for (const [word, count] of counts) if (count <= forgotten) counts.delete(word);
    }
  }
  return counts;
};
