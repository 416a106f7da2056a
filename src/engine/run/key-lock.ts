import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { processLives } from './process-lives.ts';

/**
 * Two builds at once share a store and the checkpoints of a key. The second waits for the first, or takes over
 * at once when the first is dead.
 *
 * @returns what gives the lock back
 */
export const lockKey = async (file: string, onWait: () => void): Promise<() => Promise<void>> => {
  await mkdir(dirname(file), { recursive: true });
  for (let attempt = 0; ; attempt += 1) {
    try {
      await writeFile(file, String(process.pid), { flag: 'wx' });
      return () => rm(file, { force: true });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
    const holder = Number(await readFile(file, 'utf8').catch(() => ''));
    if (holder > 0 && !processLives(holder)) await rm(file, { force: true });
    else {
      if (attempt === 0) onWait();
      await wait(500);
    }
  }
};
