import { readFileSync, statSync } from 'node:fs';
import { sha256, sha256OfFile } from './sha256.ts';

const smallBytes = 2 ** 16;

/**
 * The digest of a file of any size, as the runner takes it of many small ones: the megabyte by which a large one is read
 * would set the garbage collector to work at each. Stages use `sha256OfFile`, whose code is part of their keys.
 *
 * @throws what reading the file throws
 */
export const digestOfFile = (path: string): string =>
  statSync(path).size > smallBytes ? sha256OfFile(path) : sha256(readFileSync(path));
