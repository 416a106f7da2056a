import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { openStore, pipelineStatus, storeFolder, withStoreAlone } from '../engine/index.ts';
import { PaperError } from '../engine/stage/index.ts';
import { backendNames } from '../tensor/chosen-backend.ts';
import { type BuildOptions, loadEveryProfile } from './load-papers.ts';
import { paperIds } from './paper-ids.ts';
import { createWorkshop } from './workshop.ts';

/** What `gc` removed. */
export interface Collected {
  readonly freedBytes: number;
}

/** Runs that nothing needs today are kept so long: a change that is taken back finds them. */
const defaultDays = 14;

/** @throws BadDays */
const readDays = (text: string | undefined): number => {
  const days = text === undefined ? defaultDays : Number(text);
  if (text !== '' && days >= 0 && days < 1e6) return days;
  throw new PaperError('BadDays', `'${text}' is no number of days.`, {
    details: ['expected a number from 0'],
    hint: `leave it out for ${defaultDays} days, or keep nothing: \`--days 0\`.`,
  });
};

/** The keys of today of every paper and profile, by what computes here. */
const keysOfToday = async (root: string, backend: string): Promise<readonly string[]> => {
  const workshop = createWorkshop(root, backend);
  const keys: string[] = [];
  try {
    for (const { pipeline } of await loadEveryProfile(root, { backend })) {
      for (const { keys: needed } of await pipelineStatus(workshop, pipeline)) keys.push(...needed);
    }
  } finally {
    workshop.reporter.close();
  }
  return keys;
};

/** Of what is kept beside the store, what the next command makes again, and what is said of papers that are gone. */
const clearBeside = (root: string): void => {
  const papers = new Set(paperIds(root).map((id) => `${id}.d.ts`));
  for (const folder of ['bundles', 'closures', 'check', 'types']) {
    const path = join(root, '.paper', folder);
    if (!existsSync(path)) continue;
    // An editor that is open reads the types of results.
    const gone = readdirSync(path).filter((name) => folder !== 'types' || !papers.has(name));
    for (const name of gone) rmSync(join(path, name), { recursive: true, force: true });
  }
};

/**
 * Removes from the store what no profile of any paper needs today, on either backend, and nobody used for some days: what
 * waits for a stage that is stale has no key before that one has run. Bundles and records of checks go too, which the next
 * command makes again.
 *
 * @throws BadDays, StoreInUse
 */
export const gc = async (root: string, { days }: BuildOptions): Promise<Collected> => {
  const unusedMs = readDays(days) * 24 * 3_600_000;
  const store = openStore(storeFolder(root, process.env));
  const freedBytes = await withStoreAlone(store.folder, console.log, async () => {
    const keys = new Set<string>();
    for (const backend of backendNames) {
      for (const key of await keysOfToday(root, backend)) keys.add(key);
    }
    const freed = await store.collect(keys, unusedMs);
    clearBeside(root);
    return freed;
  });
  console.log(`${(freedBytes / 1e6).toFixed(1)} MB freed in ${store.folder}`);
  return { freedBytes };
};
