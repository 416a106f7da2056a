/** Names the files of a bundle after their content: what is imported while it runs lies in a file of its own. */

import type { MappedCode } from './fixed-names.ts';
import { sha256 } from './sha256.ts';

/** As long as a digest, so that no place in the code moves when it is named. */
const length = 64;

/** What the bundler calls a chunk, by its own hash. */
export const chunkNames = `${'c'.repeat(length - 8)}[hash]`;

const chunkReference = new RegExp(`c{${length - 8}}[A-Z0-9]{8}(?=\\.mjs\\b)`, 'g');

/** What a chunk is called until its digest is known begins with it: no code says it of its own. */
const markFor = (files: ReadonlyMap<string, MappedCode>): string => {
  const codes = [...files.values()].map(({ code }) => code);
  let mark = 'chunk-';
  while (codes.some((code) => code.includes(mark))) mark += '-';
  return mark;
};

/**
 * Chunks in the order in which they are first named, each told by its place in it: the bundler's own hashes change with a
 * local's name.
 *
 * @param entry name of the file that names the others, without ending
 */
const inOrder = (
  entry: string,
  files: ReadonlyMap<string, MappedCode>,
  mark: string,
): readonly MappedCode[] => {
  const order = [entry];
  for (const name of order) {
    for (const [chunk] of files.get(name)!.code.matchAll(chunkReference)) {
      // A string of the author's may look like one.
      if (files.has(chunk) && !order.includes(chunk)) order.push(chunk);
    }
  }
  return order.map((name) => {
    const { code, map } = files.get(name)!;
    const ordinalName = (chunk: string): string =>
      files.has(chunk) ? `${mark}${order.indexOf(chunk)}-`.padEnd(length, '-') : chunk;
    return { code: code.replace(chunkReference, ordinalName), map };
  });
};

export interface NamedChunk extends MappedCode {
  /** Of the file: its digest, and `.mjs`. */
  readonly name: string;
}

/**
 * @param shorten the names in a file's code
 * @returns the entry first; undefined where files import each other in a ring, so that none can hold the digest of all
 *   others
 */
export const nameChunks = async (
  entry: string,
  files: ReadonlyMap<string, MappedCode>,
  shorten: (code: MappedCode) => Promise<MappedCode>,
): Promise<readonly NamedChunk[] | undefined> => {
  const mark = markFor(files);
  const ordinalReference = new RegExp(`${mark}(\\d+)-+(?=\\.mjs\\b)`, 'g');
  const shortened = await Promise.all(inOrder(entry, files, mark).map(shorten));
  const named = new Map<number, NamedChunk>();
  const underway = new Set<number>();
  const digestOf = (ordinal: number): string | undefined => {
    const known = named.get(ordinal);
    if (known) return known.name.slice(0, length);
    if (underway.has(ordinal)) return undefined;
    underway.add(ordinal);
    let code: string | undefined = shortened[ordinal]!.code;
    for (const [reference, of] of code.matchAll(ordinalReference)) {
      const digest = digestOf(Number(of));
      if (digest === undefined) return undefined;
      code = code.replaceAll(reference, digest);
    }
    named.set(ordinal, { name: `${sha256(code)}.mjs`, code, map: shortened[ordinal]!.map });
    return sha256(code);
  };
  return digestOf(0) === undefined
    ? undefined
    : [...named].sort(([one], [other]) => one - other).map(([, chunk]) => chunk);
};
