import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** Whether a folder holds another, or is it. */
const holds = (outer: string, inner: string): boolean => `${inner}/`.startsWith(`${outer}/`);

/**
 * Files below a folder, through links, by every name that they have there, in order of name, whatever order the disk
 * lists them in.
 *
 * @param around real folders that the walk came through: a workspace may link to what holds it
 */
export const filesBelow = (
  folder: string,
  skip: (path: string) => boolean = () => false,
  around: readonly string[] = existsSync(folder) ? [realpathSync(folder)] : [],
): readonly string[] =>
  existsSync(folder)
    ? readdirSync(folder, { withFileTypes: true })
        .toSorted((a, b) => (a.name < b.name ? -1 : 1))
        .flatMap((entry) => {
          const path = join(folder, entry.name);
          if (skip(path)) return [];
          if (entry.isDirectory()) return filesBelow(path, skip, around);
          // Nothing but files: a pipe would be waited for without end.
          if (!entry.isSymbolicLink()) return entry.isFile() ? [path] : [];
          const target = statSync(path, { throwIfNoEntry: false });
          if (!target?.isDirectory()) return target?.isFile() ? [path] : [];
          const [real, here] = [realpathSync(path), realpathSync(folder)];
          if ([...around, here].some((outer) => holds(real, outer))) return [];
          return filesBelow(path, skip, [...around, here, real]);
        })
    : [];
