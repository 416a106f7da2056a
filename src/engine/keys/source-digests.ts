import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { transform } from 'esbuild';
import { sha256 } from './sha256.ts';

const loaders = { '.ts': 'ts', '.js': 'js', '.mjs': 'js' } as const;

/** By a file's ending and text: most stages reach the same ones. */
const known = new Map<string, Promise<string>>();

const digestWithout = async (ending: string, text: string): Promise<string> => {
  const loader = loaders[ending as keyof typeof loaders];
  if (!loader) return sha256(text);
  return sha256((await transform(text, { loader, minify: true, legalComments: 'none' })).code);
};

/**
 * The digest of each source file, without its comments and layout: where a bundle changed, they tell in which
 * files.
 *
 * @param files relative to `root`
 */
export const sourceDigests = async (
  root: string,
  files: readonly string[],
): Promise<Record<string, string>> =>
  Object.fromEntries(
    await Promise.all(
      files.map(async (file) => {
        const text = readFileSync(join(root, file), 'utf8');
        const of = `${extname(file)}\n${text}`;
        if (!known.has(of)) known.set(of, digestWithout(extname(file), text));
        return [file, await known.get(of)!] as const;
      }),
    ),
  );
