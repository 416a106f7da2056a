import { accessSync, constants, existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { lockKey, writeWhole } from '../engine/index.ts';

/**
 * Work on files of what an author accepted, which it reads anew: of two commands that accept at once, neither writes over
 * what the other one recorded.
 */
export const withAccepted = async <T>(root: string, work: () => T | Promise<T>): Promise<T> => {
  const unlock = await lockKey(join(root, '.paper', 'locks', 'accept'), () =>
    console.log('waiting for another command that accepts'),
  );
  try {
    return await work();
  } finally {
    await unlock();
  }
};

/**
 * Writes such a file whole or not at all, where its author left it: through a link, and never over a file that may not be
 * written.
 *
 * @param file from the project's root
 */
export const writeAccepted = (root: string, file: string, text: string): void => {
  const path = join(root, file);
  if (!existsSync(path)) {
    writeWhole(path, text);
    return;
  }
  accessSync(path, constants.W_OK);
  writeWhole(realpathSync(path), text);
};
