import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { positionAt, type SourcePosition } from '../engine/stage/index.ts';
import { filesBelow } from './files-below.ts';

/**
 * Where an author defines a claim: its id as a key, in the file of claims or in one of the folder beside it.
 *
 * @param claimsFile relative to the project, as `content/<paper>/claims.ts`
 */
export const claimPlace = (root: string, claimsFile: string, id: string): SourcePosition => {
  const key = new RegExp(`(['"\`]?)\\b${id}\\1\\s*:`);
  const beside = filesBelow(join(root, dirname(claimsFile), 'claims')).filter((path) => path.endsWith('.ts'));
  for (const path of [join(root, claimsFile), ...beside]) {
    if (!existsSync(path)) continue;
    const text = readFileSync(path, 'utf8');
    const found = key.exec(text);
    if (found) return positionAt(relative(root, path), text, found.index);
  }
  return { file: claimsFile };
};
