import { basename, dirname, join } from 'node:path';
import { SetupError } from './setup-error.mjs';

/** Signs that a dependency reads as something other than part of a folder's name, by what it takes them for. */
const unbearable = /** @type {Readonly<Record<string, string>>} */ ({
  '#': 'Vite takes what follows for a fragment',
  '?': 'Vite takes what follows for a query',
  '*': "Node takes it for the part that a package's pattern of exports leaves open",
});

/**
 * The folder as a whole, since a dependency sees the whole path.
 * @param {string} root
 * @throws FolderUnusable
 */
export const checkPlace = (root) => {
  const sign = Object.keys(unbearable).find((of) => root.includes(of));
  if (sign === undefined) return;
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
