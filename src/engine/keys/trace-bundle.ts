import { SourceMap, type SourceMapPayload } from 'node:module';
import { type BundleEntry, bundleOf } from './bundle-stage.ts';
import type { Trace } from './program.ts';
import { sha256 } from './sha256.ts';

/** Of a stack: what was thrown, on one line, above its first place. */
const thrown = /^(?:Uncaught )?([\w.]*(?:Error|Exception)\b.*)\n +at /m;

/** Of a stack: a file of the project, and not of a package, of Node or of a bundle. */
const places = /^ +at (?:async )?(?:.*\()?((?!\.\.\/|.*node_modules\/)[^\s():/][^\s():]*):(\d+):(\d+)\)?$/gm;

/** What runs is named after its digest. */
const bundleAddress = /[0-9a-f]{64}\.mjs:\d/;

/** With the sources' places; as it was where they were edited since. */
const inSources = async (
  root: string,
  entry: BundleEntry,
  bundle: string,
  written: string,
): Promise<string> => {
  if (!bundleAddress.test(written)) return written;
  // As it was, too, where they do not even parse any more.
  const made = await bundleOf(root, { ...entry, isMapped: true }, new Map()).catch(() => undefined);
  if (!made || `${sha256(made.text)}.mjs` !== bundle) return written;
  const { maps } = made;
  const sources = new Map(
    Object.entries(maps).map(([name, map]) => [name, new SourceMap(JSON.parse(map) as SourceMapPayload)]),
  );
  const address = new RegExp(`(?:file://)?/[^\\s()]*(${[...sources.keys()].join('|')}):(\\d+):(\\d+)`, 'g');
  return written.replace(address, (whole, name, line, column) => {
    const origin = sources.get(name)!.findOrigin(Number(line), Number(column));
    return 'fileName' in origin ? `${origin.fileName}:${origin.lineNumber}:${origin.columnNumber}` : whole;
  });
};

/**
 * Finds the sources' places in the stack of a stage's process: its bundle is one line of short names. The map is made only
 * now, by bundling once more.
 *
 * @param bundle name of the file that ran
 * @param written with addresses like `file:///…/<bundle>:1:8369`
 * @returns the first place in the author's code, or else in the tool's
 */
export const traceBundle = async (
  root: string,
  entry: BundleEntry,
  bundle: string,
  written: string,
): Promise<Trace> => {
  const text = await inSources(root, entry, bundle, written);
  const found = [...text.matchAll(places)].map(([, file = '', line, column]) => ({
    file,
    line: Number(line),
    column: Number(column),
  }));
  const authors = found.find(({ file }) => !file.startsWith('src/'));
  return {
    written: text,
    where: authors ?? found[0],
    isAuthors: authors !== undefined,
    thrown: thrown.exec(text)?.[1],
  };
};
