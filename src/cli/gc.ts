import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { pipelineStatus } from '../engine/index.ts';
import { type BuildOptions, loadPaper } from './load-paper.ts';
import { paperIds } from './paper-ids.ts';
import { createWorkshop } from './workshop.ts';

/** What `gc` removed. */
export interface Collected {
  readonly freedBytes: number;
}

/**
 * Removes from the store what no profile of any paper needs today, and bundles that no stage runs. What is needed stays,
 * and so does the run of every key that is of today, in whatever profile.
 */
export const gc = async (root: string, options: BuildOptions): Promise<Collected> => {
  const workshop = createWorkshop(root, options['backend']);
  const keys = new Set<string>();
  try {
    for (const id of paperIds(root)) {
      const { pipeline } = await loadPaper(root, id, options);
      const profiles = [pipeline.profile?.name, ...(pipeline.profile?.others ?? [])];
      for (const profile of profiles) {
        const paper = await loadPaper(root, id, profile === undefined ? options : { ...options, profile });
        for (const { keys: needed } of await pipelineStatus(workshop, paper.pipeline)) {
          for (const key of needed) keys.add(key);
        }
      }
    }
    const freedBytes = await workshop.store.collect(keys);
    for (const folder of ['bundles', 'closures']) {
      const path = join(root, '.paper', folder);
      // Made again in a second or two.
      if (existsSync(path)) for (const name of readdirSync(path)) rmSync(join(path, name), { force: true });
    }
    console.log(`${(freedBytes / 1e6).toFixed(1)} MB freed in ${workshop.store.folder}`);
    return { freedBytes };
  } finally {
    workshop.reporter.close();
  }
};
