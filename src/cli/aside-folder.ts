import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { nameOfProcess, processState } from '../engine/index.ts';

/** A folder of this build alone below `.paper`, so that two builds never write into one; it names its process. */
export const makeAsideFolder = async (root: string): Promise<string> => {
  const folder = join(root, '.paper', `dist-${nameOfProcess()}`);
  await mkdir(folder, { recursive: true });
  return folder;
};

/** Removes what builds that were killed left behind. */
export const clearAsideFolders = async (root: string): Promise<void> => {
  for (const name of await readdir(join(root, '.paper'))) {
    if (name.startsWith('dist-') && processState(name.slice(5)) === 'gone') {
      await rm(join(root, '.paper', name), { recursive: true, force: true });
    }
  }
};
