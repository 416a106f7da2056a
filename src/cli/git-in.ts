import { execFileSync } from 'node:child_process';

/**
 * Runs git in a folder and gives what it prints; what it says of faults is not shown.
 *
 * @throws as `execFileSync` does, where git is not there or ends badly
 */
export const gitIn =
  (root: string) =>
  (...words: readonly string[]): string =>
    execFileSync('git', words, {
      cwd: root,
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
      maxBuffer: 2 ** 28,
    });
