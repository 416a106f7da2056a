/**
 * Byte-pair encoding (Sennrich, Haddow and Birch 2016) over bytes: start from single bytes and merge the most
 * frequent neighbouring pair, again and again. Counts are kept up to date merge by merge, and a heap whose
 * outdated entries are skipped gives the next pair.
 */
import { PaperError } from 'reproducible-paper/stage';
import { byteAlphabet } from './byte-alphabet.ts';
import { countWords } from './word-counts.ts';

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

/** Words as runs of token ids in one array: a merge shortens a word where it lies. */
interface Words {
  /** [all symbols] */
  readonly ids: Int32Array;
  /** [word] */
  readonly starts: Int32Array;
  readonly lengths: Int32Array;
  readonly counts: Float64Array;
}

const wordsIn = (counted: ReadonlyMap<string, number>, idOfByte: readonly number[]): Words => {
  let size = 0;
  for (const word of counted.keys()) size += Buffer.byteLength(word);
  const ids = new Int32Array(size);
  const starts = new Int32Array(counted.size);
  const lengths = new Int32Array(counted.size);
  const encoder = new TextEncoder();
  let [index, end] = [0, 0];
  for (const word of counted.keys()) {
    starts[index] = end;
    for (const byte of encoder.encode(word)) {
      ids[end] = idOfByte[byte]!;
      end += 1;
    }
    lengths[index] = end - starts[index]!;
    index += 1;
  }
  return { ids, starts, lengths, counts: Float64Array.from(counted.values()) };
};

/** Merges a pair in a run of ids, from the left; returns the run's new length. */
const mergeIn = (run: Int32Array, left: number, right: number, merged: number): number => {
  let length = 0;
  for (let i = 0; i < run.length; i += 1) {
    const matches = run[i] === left && run[i + 1] === right;
    run[length] = matches ? merged : run[i]!;
    length += 1;
    if (matches) i += 1;
  }
  return length;
};

/**
 * @param texts what is learnt from; read once
 * @param alphabet the tokens that stand before the first merge, in order
 * @param mergeCount how many merges to learn
 * @returns pairs of tokens in byte alphabet, in the order of merging
 * @throws VocabularyTooLarge when the texts hold fewer distinct pairs
 */
export const bytePairMerges = (
  texts: Iterable<string>,
  alphabet: readonly string[],
  mergeCount: number,
): readonly (readonly [string, string])[] => {
  const tokens = [...alphabet];
  const { ids, starts, lengths, counts } = wordsIn(
    countWords(texts),
    byteAlphabet.map((symbol) => tokens.indexOf(symbol)),
  );
  const runOf = (word: number): Int32Array => ids.subarray(starts[word]!, starts[word]! + lengths[word]!);
  const pairCounts = new Map<number, number>();
  /** Every word that holds a pair, and words that did before a merge. */
  const pairWords = new Map<number, number[]>();
  const hold = (pair: number, word: number): void => {
    const holders = pairWords.get(pair);
    if (!holders) pairWords.set(pair, [word]);
    else if (holders.at(-1) !== word) holders.push(word);
  };
  const add = (sums: Map<number, number>, run: Int32Array, count: number): void => {
    for (let i = 0; i + 1 < run.length; i += 1) {
      const pair = run[i]! * shift + run[i + 1]!;
      sums.set(pair, (sums.get(pair) ?? 0) + count);
    }
  };
  for (let word = 0; word < counts.length; word += 1) {
    const run = runOf(word);
    add(pairCounts, run, counts[word]!);
    for (let i = 0; i + 1 < run.length; i += 1) hold(run[i]! * shift + run[i + 1]!, word);
  }
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
    const changes = new Map<number, number>();
    for (const word of pairWords.get(best.pair) ?? []) {
      const run = runOf(word);
      if (!run.some((id, i) => id === left && run[i + 1] === right)) continue;
      // Taken out whole and put back merged: simpler than neighbour by neighbour, and right for "aaa".
      add(changes, run, -counts[word]!);
      lengths[word] = mergeIn(run, left, right, merged);
      const shorter = runOf(word);
      add(changes, shorter, counts[word]!);
      for (let i = 0; i + 1 < shorter.length; i += 1) {
        if (shorter[i] !== merged && shorter[i + 1] !== merged) continue;
        hold(shorter[i]! * shift + shorter[i + 1]!, word);
      }
    }
    pairWords.delete(best.pair);
    for (const [pair, change] of changes) {
      if (change === 0) continue;
      const count = (pairCounts.get(pair) ?? 0) + change;
      if (count > 0) {
        pairCounts.set(pair, count);
        push(heap, { pair, count });
      } else pairCounts.delete(pair);
    }
  }
  return merges;
};
