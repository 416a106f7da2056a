import { existsSync } from 'node:fs';
import { mkdir, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

/** Replaces a folder by another; between the two renames the old one is only aside, never lost. */
export const swapFolder = async (made: string, target: string, before: string): Promise<void> => {
  await rm(before, { recursive: true, force: true });
  for (const path of [target, before]) await mkdir(dirname(path), { recursive: true });
  if (existsSync(target)) await rename(target, before);
  await rename(made, target);
  await rm(before, { recursive: true, force: true });
};

/** Puts back what a swap that was killed between its renames left aside. */
export const restoreFolder = async (target: string, before: string): Promise<void> => {
  if (!existsSync(target) && existsSync(before)) await rename(before, target);
};
