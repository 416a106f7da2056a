import { closeSync, existsSync, openSync, readdirSync, renameSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { nameOfProcess, processState } from './process-identity.ts';

let written = 0;

/** Writes a file aside and renames it: another process sees it whole or not at all. @throws Node's own errors, of the file */
export const writeWhole = (path: string, content: string | Uint8Array): void => {
  written += 1;
  const aside = `${path}.${nameOfProcess()}-${written}.new`;
  const bytes = typeof content === 'string' ? Buffer.from(content) : content;
  try {
    const file = openSync(aside, 'wx');
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(file, bytes, at);
    } finally {
      closeSync(file);
    }
    renameSync(aside, path);
  } catch (error) {
    // Node names no file where it writes to an open one, such as on a full disk.
    throw Object.assign(error as NodeJS.ErrnoException, { path });
  } finally {
    if (existsSync(aside)) rmSync(aside);
  }
};

const asidePattern = /\.(\d+-\d+-[0-9a-f]{8})-\d+\.new$/;

/** Removes what processes that are gone had not yet renamed. */
export const clearHalfWritten = (folder: string): void => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const owner = asidePattern.exec(name)?.[1];
    if (owner !== undefined && processState(owner) === 'gone') rmSync(join(folder, name), { force: true });
  }
};
