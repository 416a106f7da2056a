import { type TransformOptions, transform } from 'esbuild';

/** Every character that a name may have. */
const alphabet = [...'etnriaosclduf_pmhgvybxSCwTEDOkAjMNPFILBRzWUqVKHGXQJYZ$0123456789'];

const countOf = (texts: readonly string[]): ReadonlyMap<string, number> => {
  const counts = new Map<string, number>();
  for (const text of texts) for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return counts;
};

const most = (counts: ReadonlyMap<string, number>): number =>
  Math.max(0, ...alphabet.map((letter) => counts.get(letter) ?? 0));

/** Where code is very long, a string that outweighs all of its short words would take seconds to read. */
const largestGap = 1000;

/**
 * A string in which letters are so frequent that their order is the alphabet's above, whatever stands in the code.
 * What the author's names leave in words of one or two letters cannot turn it; in code of some hundred kilobytes, only
 * rarely.
 */
const balance = (code: string): string => {
  const words = code.match(/[\w$]+/g) ?? [];
  const [short, long] = [
    words.filter(({ length }) => length < 3),
    words.filter(({ length }) => length > 2),
  ].map(countOf);
  const gap = Math.min(2 * most(short!) + 1, largestGap);
  const top = most(long!);
  return alphabet
    .map((letter, place) => letter.repeat(top - (long!.get(letter) ?? 0) + gap * (alphabet.length - place)))
    .join('');
};

/**
 * Shortens names. The bundler deals short names out by how frequent letters are in the whole text, the names that it
 * replaces among them, so that a local variable renamed would give all others other names: once they are short, they
 * are dealt out again beside a string that fixes the order, and that is dropped as it does nothing.
 */
export const withFixedNames = async (code: string, options: TransformOptions): Promise<string> => {
  const short = await transform(code, { ...options, minifyIdentifiers: true });
  const fixed = await transform(`${short.code};"${balance(short.code)}";`, {
    ...options,
    minifyIdentifiers: true,
  });
  return fixed.code;
};
