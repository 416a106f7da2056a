import { existsSync, readdirSync, realpathSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A folder that is watched, and what it is called from the root. */
interface WatchedPlace {
  readonly folder: string;
  readonly path: string;
}

/** A watcher of a folder does not look through links: what those of papers lead to is watched beside it. */
const linkedIn = (root: string, folder: string, depth: number): readonly WatchedPlace[] => {
  const path = join(root, folder);
  if (depth < 0 || !existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true }).flatMap((entry): readonly WatchedPlace[] => {
    if (entry.name === 'node_modules') return [];
    const [name, at] = [join(folder, entry.name), join(path, entry.name)];
    if (entry.isDirectory()) return linkedIn(root, name, depth - 1);
    if (!entry.isSymbolicLink() || !existsSync(at)) return [];
    const real = realpathSync(at);
    return statSync(at).isDirectory() ? [{ folder: name, path: real }] : [{ folder, path: dirname(real) }];
  });
};

/** All that may decide what a paper's pages say: its folders and the tool's, through links. */
export const watchedPlaces = (root: string): readonly WatchedPlace[] =>
  ['experiments', 'src', 'content'].flatMap((folder) => [
    { folder, path: join(root, folder) },
    ...(folder === 'src' ? [] : linkedIn(root, folder, 2)),
  ]);
