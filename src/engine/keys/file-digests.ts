import { existsSync, readdirSync, readlinkSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { PaperError } from '../stage/paper-error.ts';
import { digestOfFile } from './digest-of-file.ts';
import { sha256 } from './sha256.ts';

/** Digests of what lies on the disk during one look at it; each file is read once. */
export interface FileDigests {
  /** undefined: there is no such file. */
  file(path: string): string | undefined;
  /**
   * Of all that lies in a folder, by relative path and content. Its times are those of its installation, which are
   * others in every clone: in a key, they would make equal code stale. What a stage makes of them, `verify` finds.
   */
  folder(path: string): string;
  /** Of the names in a folder alone, of where it lies, and of where links in it lead. */
  listing(path: string): string;
}

/**
 * A line for each thing in a folder: files by content, folders by name, links by where they lead. A link that leads to
 * nothing, or back up, is no reason to overlook the rest.
 */
const entriesBelow = (
  folder: string,
  digestOf: (path: string) => string | undefined,
  below = '',
): readonly string[] =>
  readdirSync(join(folder, below), { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry): readonly string[] => {
      const name = join(below, entry.name);
      const path = join(folder, name);
      if (entry.isDirectory()) return [`folder ${name}`, ...entriesBelow(folder, digestOf, name)];
      if (!entry.isSymbolicLink()) return [`file ${name} ${digestOf(path)}`];
      const target = statSync(path, { throwIfNoEntry: false });
      const content = target?.isFile()
        ? digestOf(path)
        : target?.isDirectory()
          ? linked(path, digestOf)
          : 'nothing';
      return [`link ${name} ${readlinkSync(path)} ${content}`];
    });

/** A line for each name in a folder, sorted; a link with where it leads in the end. */
const namesIn = (folder: string): readonly string[] =>
  readdirSync(folder, { withFileTypes: true })
    .map((entry) => {
      if (!entry.isSymbolicLink()) return entry.name;
      const path = join(folder, entry.name);
      return `${entry.name} -> ${existsSync(path) ? realpathSync(path) : readlinkSync(path)}`;
    })
    .sort();

/** What a link to a folder shows; one that leads to a folder that holds it says no more than that. */
const linked = (path: string, digestOf: (path: string) => string | undefined): string => {
  const target = realpathSync(path);
  return `${path}/`.startsWith(`${target}/`)
    ? 'a folder around it'
    : sha256(entriesBelow(target, digestOf).join('\n'));
};

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
  const file = (path: string): string | undefined => once(path, () => digestOfFile(path));
  return {
    file,
    folder: (path) => {
      // A package may be a link; what lies behind it is what is read.
      const found = once(`${path}/**`, () => sha256(entriesBelow(realpathSync(path), file).join('\n')));
      if (found !== undefined) return found;
      throw new PaperError('FolderMissing', `a folder that a stage reads is not there: ${path}`, {
        hint: 'install its package again: `rm -rf node_modules` and the same command.',
      });
    },
    listing: (path) =>
      once(`${path}/*`, () => sha256([realpathSync(path), ...namesIn(path)].join('\n'))) ?? '',
  };
};
