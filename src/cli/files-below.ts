import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Files below a folder, through links and each once, in order of name, whatever order the disk lists them in. */
export const filesBelow = (
  folder: string,
  skip: (path: string) => boolean = () => false,
  linked: Set<string> = new Set(),
): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
          const path = join(folder, entry.name);
          if (skip(path)) return [];
          if (entry.isDirectory()) return filesBelow(path, skip, linked);
          // Nothing but files: a pipe would be waited for without end.
          if (!entry.isSymbolicLink()) return entry.isFile() ? [path] : [];
          const target = statSync(path, { throwIfNoEntry: false });
          if (!target?.isDirectory()) return target?.isFile() ? [path] : [];
          const real = realpathSync(path);
          // A workspace may link to what holds it.
          if (linked.has(real) || folder.startsWith(real)) return [];
          return filesBelow(path, skip, linked.add(real));
        })
    : [];
