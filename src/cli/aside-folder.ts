import { randomBytes } from 'node:crypto';
import { mkdir, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { processLives } from '../engine/run/process-lives.ts';

/** A folder of this build alone below `.paper`, so that two builds never write into one; it names its process. */
export const makeAsideFolder = async (root: string): Promise<string> => {
  const folder = join(root, '.paper', `dist-${process.pid}-${randomBytes(4).toString('hex')}`);
  await mkdir(folder, { recursive: true });
  return folder;
};

/** Removes what builds that were killed left behind. */
export const clearAsideFolders = async (root: string): Promise<void> => {
  for (const name of await readdir(join(root, '.paper'))) {
    const pid = /^dist-(\d+)-[0-9a-f]{8}$/.exec(name)?.[1];
    if (pid !== undefined && Number(pid) !== process.pid && !processLives(Number(pid))) {
      await rm(join(root, '.paper', name), { recursive: true, force: true });
    }
  }
};
