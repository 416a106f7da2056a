import { type TransformOptions, transform } from 'esbuild';
import escapeStringRegexp from 'escape-string-regexp';

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

/** Code, and how its places lead to those of what it was made of: a source map. */
export interface MappedCode {
  readonly code: string;
  /** Undefined where nobody asked for one. */
  readonly map: string | undefined;
}

/** With its map as a comment, by which the next transformation goes on from it. */
const withMapInside = (code: string, map: string | undefined): string =>
  map === undefined
    ? code
    : `${code}\n//# sourceMappingURL=data:application/json;base64,${Buffer.from(map).toString('base64')}`;

/**
 * A file that runs when it is first asked for, as every one of CommonJS does, stands in a bundle as a function named by its
 * path. Of a package's file that becomes its path in the package: a bundle says nothing of where packages lie.
 */
const withoutPlaces = (code: string, files: readonly string[]): TransformOptions => {
  const named = files
    .filter((path) => code.includes(`({${JSON.stringify(path)}(`))
    .map((path) => [path, path.replace(/^.*\/(?=node_modules\/)/, '')] as const)
    .filter(([path, within]) => path !== within);
  if (named.length === 0) return {};
  return {
    mangleProps: new RegExp(`^(?:${named.map(([path]) => escapeStringRegexp(path)).join('|')})$`),
    mangleQuoted: true,
    mangleCache: Object.fromEntries(named),
  };
};

/**
 * Shortens names. The bundler deals short names out by how frequent letters are in the whole text, the names that it
 * replaces among them, so that a local variable renamed would give all others other names: once they are short, they
 * are dealt out again beside a string that fixes the order, and that is dropped as it does nothing.
 *
 * @param map of the code: then the result has one too, and is otherwise the same
 * @param files that it was made of, by the paths that stand in it
 */
export const withFixedNames = async (
  { code, map }: MappedCode,
  options: TransformOptions,
  files: readonly string[] = [],
): Promise<MappedCode> => {
  const shorten = async (
    text: string,
    of: string | undefined,
    more: TransformOptions = {},
  ): Promise<MappedCode> => {
    const sourcemap = of === undefined ? false : 'external';
    const made = await transform(withMapInside(text, of), {
      ...options,
      ...more,
      minifyIdentifiers: true,
      sourcemap,
    });
    return { code: made.code, map: of === undefined ? undefined : made.map };
  };
  const short = await shorten(code, map, withoutPlaces(code, files));
  return shorten(`${short.code};"${balance(short.code)}";`, short.map);
};
