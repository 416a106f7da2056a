import { readFileSync } from 'node:fs';

/** A file's text; undefined where there is none to read. */
export const textOrNone = (path: string): string | undefined => {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return undefined;
  }
};
