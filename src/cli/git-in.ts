import { execFileSync } from 'node:child_process';

/** Of a hook's environment: git would tell of the repository whose hook it is, wherever it is run. */
const ofHooks = [
  'GIT_DIR',
  'GIT_WORK_TREE',
  'GIT_INDEX_FILE',
  'GIT_COMMON_DIR',
  'GIT_OBJECT_DIRECTORY',
  'GIT_NAMESPACE',
  'GIT_PREFIX',
];

/**
 * Runs git in a folder, on the repository that the folder is in, and gives what it prints; what it says of faults is not
 * shown. Commits are those of their names, not what a clone replaces them by.
 *
 * @throws as `execFileSync` does, where git is not there or ends badly
 */
export const gitIn =
  (root: string) =>
  (...words: readonly string[]): string =>
    execFileSync('git', ['--no-replace-objects', ...words], {
      cwd: root,
      env: { ...process.env, ...Object.fromEntries(ofHooks.map((name) => [name, undefined])) },
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
