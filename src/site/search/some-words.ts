/** Words of a question that say nothing of what is asked for. */
const small = new Set(
  'a about an and are as at be by can did do does for from had has have how i if in is it its not of on or so than that the their there these they this those to was we were what when where which who why will with would you'.split(
    ' ',
  ),
);

/** The words of a text by which something may be found that has not all of them: without signs at their ends and small words. */
export const tellingWords = (text: string): readonly string[] => {
  const words = text
    .split(/\s+/)
    .map((word) => word.replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}]+$/gu, ''))
    .filter((word) => word !== '');
  return [...new Set(words.filter((word) => !small.has(word.toLowerCase())))];
};

interface Scored {
  readonly id: string;
  readonly score: number;
}

/**
 * What is found for some of several words, the most telling first: a rare word weighs more than one that many have. What
 * weighs less than half of the first is left out.
 *
 * @param byWord what is found for each word alone
 */
export const mergeFound = <T extends Scored>(byWord: readonly (readonly T[])[]): readonly T[] => {
  const found = new Map<string, { readonly result: T; readonly weight: number }>();
  const total = new Set(byWord.flatMap((results) => results.map(({ id }) => id))).size;
  // The excerpt that is shown is of the rarest word that it has.
  for (const results of byWord.toSorted((a, b) => a.length - b.length)) {
    const rarity = Math.log(1 + total / results.length);
    const best = Math.max(...results.map(({ score }) => score));
    for (const result of results) {
      const { result: first, weight } = found.get(result.id) ?? { result, weight: 0 };
      found.set(result.id, { result: first, weight: weight + rarity * (1 + result.score / best) });
    }
  }
  const sorted = [...found.values()].toSorted((a, b) => b.weight - a.weight);
  return sorted.filter(({ weight }) => weight >= sorted[0]!.weight / 2).map(({ result }) => result);
};
