import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { PaperData } from '../results/paper-data.ts';

const known = new Map<string, { readonly data: PaperData; readonly mtimeMs: number }>();

/** What the pages of a paper print, as the last run of its pipeline left it. Read again when it was written anew. */
export const readPaperData = (root: string, paper: string): PaperData => {
  const file = join(root, '.paper', 'site', `${paper}.json`);
  const { mtimeMs } = statSync(file);
  const read = known.get(file);
  if (read?.mtimeMs === mtimeMs) return read.data;
  const data = JSON.parse(readFileSync(file, 'utf8')) as PaperData;
  known.set(file, { data, mtimeMs });
  return data;
};
