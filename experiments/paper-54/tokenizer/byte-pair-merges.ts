/**
 * Byte-pair encoding (Sennrich, Haddow and Birch 2016) over bytes: start from single bytes and merge the most
 * frequent neighbouring pair, again and again. Counts are kept up to date merge by merge, and a heap whose
 * outdated entries are skipped gives the next pair.
 */
import { PaperError } from '../../../src/engine/paper-error.ts';
import { toByteAlphabet } from './byte-alphabet.ts';

/** GPT-2's split of a text into words, which no merge crosses. */
export const wordPattern = /'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+/gu;

interface Candidate {
  readonly pair: number;
  readonly count: number;
}

/** More frequent first; among equals the pair of earlier tokens, so that the result is one. */
const before = (a: Candidate, b: Candidate): boolean =>
  a.count > b.count || (a.count === b.count && a.pair < b.pair);

const push = (heap: Candidate[], item: Candidate): void => {
  heap.push(item);
  for (let i = heap.length - 1; i > 0; ) {
    const parent = (i - 1) >> 1;
    if (!before(heap[i]!, heap[parent]!)) break;
    [heap[i], heap[parent]] = [heap[parent]!, heap[i]!];
    i = parent;
  }
};

const pop = (heap: Candidate[]): Candidate | undefined => {
  const top = heap[0];
  const last = heap.pop();
  if (heap.length === 0 || !last) return top;
  heap[0] = last;
  for (let i = 0; ; ) {
    const left = 2 * i + 1;
    const right = left + 1;
    let best = i;
    if (left < heap.length && before(heap[left]!, heap[best]!)) best = left;
    if (right < heap.length && before(heap[right]!, heap[best]!)) best = right;
    if (best === i) return top;
    [heap[i], heap[best]] = [heap[best]!, heap[i]!];
    i = best;
  }
};

// Token numbers stay below 2^20, so that a pair fits a double exactly.
const shift = 2 ** 20;

/**
 * @param texts what is learnt from
 * @param alphabet the tokens that stand before the first merge, in order
 * @param mergeCount how many merges to learn
 * @returns pairs of tokens in byte alphabet, in the order of merging
 * @throws VocabularyTooLarge when the texts hold fewer distinct pairs
 */
export const bytePairMerges = (
  texts: readonly string[],
  alphabet: readonly string[],
  mergeCount: number,
): readonly (readonly [string, string])[] => {
  const wordCounts = new Map<string, number>();
  for (const text of texts) {
    for (const [word] of text.matchAll(wordPattern)) wordCounts.set(word, (wordCounts.get(word) ?? 0) + 1);
  }
  const tokens = [...alphabet];
  const tokenIds = new Map(tokens.map((token, id) => [token, id]));
  const words = [...wordCounts].map(([word, count]) => ({
    ids: Array.from(toByteAlphabet(word), (symbol) => tokenIds.get(symbol) ?? 0),
    count,
  }));
  const pairCounts = new Map<number, number>();
  const pairWords = new Map<number, Set<number>>();
  const addPair = (pair: number, count: number, word: number): void => {
    pairCounts.set(pair, (pairCounts.get(pair) ?? 0) + count);
    const holders = pairWords.get(pair);
    if (holders) holders.add(word);
    else pairWords.set(pair, new Set([word]));
  };
  words.forEach(({ ids, count }, word) => {
    for (let i = 0; i + 1 < ids.length; i += 1) addPair(ids[i]! * shift + ids[i + 1]!, count, word);
  });
  const heap: Candidate[] = [];
  for (const [pair, count] of pairCounts) push(heap, { pair, count });

  const merges: (readonly [string, string])[] = [];
  while (merges.length < mergeCount) {
    const best = pop(heap);
    if (!best) {
      throw new PaperError(
        'VocabularyTooLarge',
        'the corpus is too small for the vocabulary that was asked for.',
        {
          details: [
            `expected ${alphabet.length + mergeCount} tokens; the corpus gives ${alphabet.length + merges.length}`,
          ],
          hint: `lower tokenizer.vocabSize to at most ${alphabet.length + merges.length}, or give a longer corpus.`,
        },
      );
    }
    if (pairCounts.get(best.pair) !== best.count) continue;
    const left = Math.floor(best.pair / shift);
    const right = best.pair % shift;
    const merged = tokens.length;
    merges.push([tokens[left]!, tokens[right]!]);
    tokens.push(tokens[left]! + tokens[right]!);
    const changed = new Set<number>();
    for (const word of pairWords.get(best.pair) ?? []) {
      const { ids, count } = words[word]!;
      // Taken out whole and put back merged: simpler than neighbour by neighbour, and right for "aaa".
      for (let i = 0; i + 1 < ids.length; i += 1) {
        const pair = ids[i]! * shift + ids[i + 1]!;
        pairCounts.set(pair, (pairCounts.get(pair) ?? 0) - count);
        changed.add(pair);
      }
      const next: number[] = [];
      for (let i = 0; i < ids.length; i += 1) {
        const matches = ids[i] === left && ids[i + 1] === right;
        next.push(matches ? merged : ids[i]!);
        if (matches) i += 1;
      }
      words[word]!.ids = next;
      for (let i = 0; i + 1 < next.length; i += 1) {
        const pair = next[i]! * shift + next[i + 1]!;
        addPair(pair, count, word);
        changed.add(pair);
      }
    }
    pairWords.delete(best.pair);
    for (const pair of changed) {
      const count = pairCounts.get(pair) ?? 0;
      if (count > 0 && pair !== best.pair) push(heap, { pair, count });
      else if (count <= 0) pairCounts.delete(pair);
    }
  }
  return merges;
};
