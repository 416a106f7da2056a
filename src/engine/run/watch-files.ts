/** Files: what Node's permission model refuses is named, and what it leaves open is closed. */
import fs from 'node:fs';
import { putOffParts } from './put-off.ts';
import { refuse, watchAll, watched } from './refuse.ts';
import { close, forbid } from './replace-members.ts';
import { call } from './untouched.ts';

const linkRefused = (_target: unknown, path: unknown): never => {
  throw refuse(
    'UndeclaredWrite',
    `a stage makes a symbolic link, by which it would reach what it does not declare: ${path}`,
    'copy the file, or link it with `linkSync`.',
  );
};

const { getPrototypeOf, set } = Reflect;
let isWatching = false;

/** @param promises the module node:fs/promises, which is a part of node:fs */
export const watchPromises = (promises: object): void => {
  if (isWatching) return;
  isWatching = true;
  watchAll(promises);
  // The room on a disk.
  close(promises, 'fs.promises', ['statfs']);
  forbid(promises, 'fs.promises', ['glob']);
  const { open } = promises as typeof fs.promises;
  let isHandleWatched = false;
  const opening = async (...of: Parameters<typeof open>): ReturnType<typeof open> => {
    const file = await call(open, promises, of);
    if (!isHandleWatched) watchAll(getPrototypeOf(file) as object);
    isHandleWatched = true;
    return file;
  };
  set(promises, 'symlink', linkRefused);
  set(promises, 'open', opening);
};

export const watchFiles = (): void => {
  putOffParts(fs, ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream']);
  putOffParts(fs, ['promises'], watchPromises);
  watchAll(fs);
  Object.assign(fs, { symlink: linkRefused, symlinkSync: linkRefused });
  for (const resolve of [fs.realpath, fs.realpathSync]) resolve.native = watched(resolve.native) as never;
  close(fs, 'fs', ['statfs', 'statfsSync']);
  // They leave out what is refused without a word.
  forbid(fs, 'fs', ['glob', 'globSync']);
};
