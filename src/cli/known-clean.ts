import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PaperError } from '../engine/stage/index.ts';

/**
 * Looks for mistakes, unless an earlier look at the very same found none.
 *
 * @param name of the look, by which its last key is kept: a file's name
 * @param keyOf of all that it looks at; asked again after it, since a look may tell what else it read
 */
export const unlessKnownClean = async (
  root: string,
  name: string,
  keyOf: () => string,
  look: () => Promise<readonly PaperError[]>,
): Promise<readonly PaperError[]> => {
  const file = join(root, '.paper', 'check', name);
  if (existsSync(file) && readFileSync(file, 'utf8') === keyOf()) return [];
  const found = await look();
  if (found.length > 0) return found;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, keyOf());
  return found;
};
