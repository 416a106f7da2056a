import { readFileSync } from 'node:fs';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type FlatTable, flatten } from './flat-table.ts';
import { readResults } from './read-results.ts';

/**
 * A table that another stage wrote, for a stage that sums up several.
 *
 * @param path an input's `result`
 * @throws UnknownTable, BadResultFile
 */
export const readTable = (path: string, id: string): FlatTable => {
  const tables = readResults(readFileSync(path, 'utf8'), 'an input of this stage').filter(
    ({ kind }) => kind === 'table',
  );
  const found = tables.find((table) => table.id === id);
  if (found && found.kind === 'table') return flatten(found);
  throw new PaperError('UnknownTable', `an input of this stage holds no table '${id}'.`, {
    hint: nearestHint(
      id,
      tables.map((table) => table.id),
    ),
  });
};
