import { readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { transform } from 'esbuild';
import { sha256 } from './sha256.ts';

const loaders = { '.ts': 'ts', '.js': 'js', '.mjs': 'js' } as const;

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
        const loader = loaders[extname(file) as keyof typeof loaders];
        const { code } = loader
          ? await transform(text, { loader, minify: true, legalComments: 'none' })
          : { code: text };
        return [file, sha256(code)] as const;
      }),
    ),
  );
