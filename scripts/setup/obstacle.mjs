import { SetupError } from './setup-error.mjs';

/** What stands in the way of a file or folder, by the system's word for it. */
const reasons = /** @type {Readonly<Record<string, string>>} */ ({
  EACCES: 'this user may not use it',
  EPERM: 'this user may not use it',
  EROFS: 'it is on a disk that cannot be written to',
  ENOTDIR: 'a file stands where a folder should be',
  EEXIST: 'a file stands where a folder should be',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the quota is used up',
});

/**
 * @param {string} code the system's word
 * @param {string} path
 * @param {string} hint
 */
const unusable = (code, path, hint) =>
  new SetupError('FileUnusable', `${path} cannot be used: ${reasons[code]}.`, {
    details: [`the system said ${code}`],
    hint,
  });

/**
 * What the disk refuses is no fault of the program: the same as a person can mend it; any other error as it is.
 * @param {unknown} error
 * @param {{ root: string, cacheFolder: string }} context
 */
export const obstacleOf = (error, { cacheFolder }) => {
  const {
    code: said = '',
    path,
    syscall,
  } = error instanceof Error ? /** @type {NodeJS.ErrnoException} */ (error) : {};
  // Of a disk that cannot be written to, Node says of a folder to be made that nothing is there.
  const code = said === 'ENOENT' && syscall === 'mkdir' ? 'EROFS' : said;
  if (error instanceof SetupError || path === undefined || !Object.hasOwn(reasons, code)) return error;
  return unusable(
    code,
    path,
    path.startsWith(cacheFolder) || cacheFolder.startsWith(path)
      ? 'set PAPER_NATIVE_CACHE to a folder that this user may write to and that has 1 GB free.'
      : 'work in a clone that this user may write to: `git clone` it to another folder, and run the same command there.',
  );
};

/**
 * The same in what npm complained of: its cache or the project's packages.
 * @param {string} output
 * @param {string} root
 */
export const npmObstacle = (output, root) => {
  const [code = ''] = Object.keys(reasons).filter((word) => new RegExp(`\\b${word}\\b`).test(output));
  const path = /npm (?:error|ERR!) path (.+)/.exec(output)?.[1]?.trim();
  if (code === '' || path === undefined) return undefined;
  return unusable(
    code,
    path,
    path.startsWith(root)
      ? 'work in a clone that this user may write to: `git clone` it to another folder, and run the same command there.'
      : "set npm_config_cache to a folder that this user may write to: it is npm's.",
  );
};
