import { lstatSync, statSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** Signs that a dependency reads as something other than part of a folder's name, by what it takes them for. */
const unbearable = /** @type {Readonly<Record<string, string>>} */ ({
  '#': 'Vite takes what follows for a fragment',
  '?': 'Vite takes what follows for a query',
  '*': "Node takes it for the part that a package's pattern of exports leaves open",
});

/**
 * What is made is put in its place by a renaming, and what a stage may read is named by its path: both want one disk.
 * @param {string} root
 */
const checkWorkFolder = (root) => {
  const path = join(root, '.paper');
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (!found || (!found.isSymbolicLink() && found.dev === statSync(root).dev)) return;
  throw new SetupError(
    'FolderUnusable',
    `${path} is ${found.isSymbolicLink() ? 'a link' : 'a disk of its own'}, and nothing made in it could be put in its place.`,
    {
      details: ["expected a folder on the project's own disk"],
      hint: 'take it away; what is large in it is the store, which PAPER_STORE puts in any other folder.',
    },
  );
};

/**
 * The folder as a whole, since a dependency sees the whole path.
 * @param {string} root
 * @throws FolderUnusable
 */
export const checkPlace = (root) => {
  const sign = Object.keys(unbearable).find((of) => root.includes(of));
  if (sign === undefined) {
    checkWorkFolder(root);
    return;
  }
  let folder = root;
  while (!basename(folder).includes(sign)) folder = dirname(folder);
  const better = join(dirname(folder), basename(folder).replace(/[^\p{L}\p{N}._ -]+/gu, '-'));
  throw new SetupError(
    'FolderUnusable',
    `the folder's path has a '${sign}', which a dependency cannot bear.`,
    {
      details: [`${unbearable[sign]}; received ${root}`],
      hint: `rename it, and run the same command there: \`mv '${folder.replaceAll("'", "'\\''")}' '${better.replaceAll("'", "'\\''")}'\``,
    },
  );
};
