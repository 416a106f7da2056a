import { readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { sha256, sha256OfFile } from './sha256.ts';

/** Digests of what lies on the disk during one look at it; each file is read once. */
export interface FileDigests {
  /** undefined: there is no such file. */
  file(path: string): string | undefined;
  /** Of all that lies in a folder, by relative path and content. */
  folder(path: string): string;
  /** Of the names in a folder alone. */
  listing(path: string): string;
}

const gone = ({ code }: NodeJS.ErrnoException): boolean =>
  code === 'ENOENT' || code === 'ENOTDIR' || code === 'EISDIR';

export const createFileDigests = (): FileDigests => {
  const known = new Map<string, string | undefined>();
  const once = (name: string, make: () => string): string | undefined => {
    if (!known.has(name)) {
      try {
        known.set(name, make());
      } catch (error) {
        if (!gone(error as NodeJS.ErrnoException)) throw error;
        known.set(name, undefined);
      }
    }
    return known.get(name);
  };
  const file = (path: string): string | undefined => once(path, () => sha256OfFile(path));
  return {
    file,
    folder: (path) =>
      once(`${path}/**`, () => {
        // A package may be a link; what lies behind it is what is read.
        const real = realpathSync(path);
        const names = readdirSync(real, { recursive: true, encoding: 'utf8' })
          .filter((name) => statSync(join(real, name)).isFile())
          .sort();
        return sha256(names.map((name) => `${name}\0${file(join(real, name))}\n`).join(''));
      }) ?? '',
    listing: (path) => once(`${path}/*`, () => sha256(readdirSync(path).sort().join('\n'))) ?? '',
  };
};
