/** What processes that were killed left of the runs of their stages. */
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { killWithGroup, processState } from './process-identity.ts';
import { childFile } from './stage-process.ts';
import { clearHalfWritten } from './write-whole.ts';

/** What a run's folder holds, besides the manifest. */
export const partsOf = (folder: string) => ({
  inputs: join(folder, 'inputs'),
  files: join(folder, 'files'),
  outputs: join(folder, 'outputs'),
  scratch: join(folder, 'scratch'),
  /** Holds the path that checkpoints go back to when the run is not finished. */
  keep: join(folder, 'keep'),
});

/** Ends what still runs in a folder that its runner left, and saves its checkpoints. */
export const clearRun = (folder: string): void => {
  const { scratch, keep } = partsOf(folder);
  const child = existsSync(childFile(folder)) ? readFileSync(childFile(folder), 'utf8') : '';
  if (processState(child) === 'lives') killWithGroup(Number.parseInt(child, 10));
  const target = existsSync(keep) ? readFileSync(keep, 'utf8') : '';
  // Moved, so that an orphan that still writes finds no place.
  if (target !== '' && existsSync(scratch) && readdirSync(scratch).length > 0) {
    rmSync(target, { recursive: true, force: true });
    mkdirSync(join(target, '..'), { recursive: true });
    renameSync(scratch, target);
  }
  rmSync(folder, { recursive: true, force: true });
};

/** A run folder that nobody has touched for so long, by a runner of which nothing is known, is abandoned. */
const abandonedAfterMs = 24 * 3_600_000;

/** What processes that are gone left in a folder where each names its own. */
const abandonedIn = (folder: string): readonly string[] => {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .map((name) => ({ path: join(folder, name), state: processState(name.split('.')[0] ?? '') }))
    .filter(({ path, state }) => {
      const ageMs = Date.now() - (statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? Date.now());
      return state === 'gone' || (state === 'unknown' && ageMs > abandonedAfterMs);
    })
    .map(({ path }) => path);
};

/** Clears what builds that were killed left of their running stages: their processes end, their checkpoints are saved. */
export const clearAbandonedRuns = (workFolder: string): void => {
  for (const name of ['bundles', 'closures', 'scratch']) clearHalfWritten(join(workFolder, name));
  for (const path of abandonedIn(join(workFolder, 'runs'))) clearRun(path);
  for (const path of abandonedIn(verifyFolder(workFolder))) {
    clearAbandonedRuns(elsewhere(path));
    rmSync(path, { recursive: true, force: true });
  }
};

/** Where stages are verified, a folder a process. */
export const verifyFolder = (workFolder: string): string => join(workFolder, 'verify');

/** Where the second run of one is: at another depth, so that what holds a path differs. */
export const elsewhere = (folder: string): string => join(folder, 'another', 'place');
