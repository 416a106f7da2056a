import { closeSync, existsSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { nameOfProcess } from './process-identity.ts';

let written = 0;

/** Writes a file aside and renames it: another process sees it whole or not at all. */
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
  } finally {
    if (existsSync(aside)) rmSync(aside);
  }
};
