/** Who uses a store: what is collected under a build would be gone when it reads it. */
import { mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { PaperError } from '../stage/paper-error.ts';
import { isUnwritable } from './disk-error.ts';
import { clearDeadLocks, lockKey } from './key-lock.ts';
import { nameOfProcess, processState } from './process-identity.ts';

const usersOf = (store: string): string => join(store, 'users');
const collectLock = (store: string): string => join(store, 'locks', 'collect.lock');

/** Stores that this process uses, and the file that says so in each. */
const entered = new Map<string, string>();
process.once('exit', () => {
  for (const mine of entered.values()) {
    try {
      rmSync(mine, { force: true });
    } catch {
      // Something else lies in its place by now, or its disk is gone: a process that has ended uses nothing.
    }
  }
});

/** Those who use a store and live; of the others only a file is left, which is removed. */
const livingUsers = (store: string): readonly string[] => {
  if (!statSync(usersOf(store), { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(usersOf(store)).filter((name) => {
    if (name === nameOfProcess()) return false;
    if (processState(name) !== 'gone') return true;
    rmSync(join(usersOf(store), name), { recursive: true, force: true });
    return false;
  });
};

/**
 * Says that this process uses a store until it ends; waits while another one collects. A store that cannot be written
 * cannot be collected either.
 */
export const useStore = async (store: string, say: (line: string) => void): Promise<void> => {
  if (entered.has(store)) return;
  const mine = join(usersOf(store), nameOfProcess());
  entered.set(store, mine);
  try {
    const unlock = await lockKey(collectLock(store), () =>
      say('waiting for another command to clear the store'),
    );
    try {
      // A file in its place says nothing.
      if (statSync(usersOf(store), { throwIfNoEntry: false })?.isFile()) rmSync(usersOf(store));
      mkdirSync(usersOf(store), { recursive: true });
      writeFileSync(mine, '');
      // What a build that was killed left of itself goes with it.
      livingUsers(store);
      await clearDeadLocks(dirname(collectLock(store)));
    } finally {
      await unlock();
    }
  } catch (error) {
    if (!isUnwritable(error) && !(error instanceof PaperError)) throw error;
  }
};

/**
 * Works on a store that nobody else uses, and that nobody begins to use before the work is done.
 *
 * @throws StoreInUse
 */
export const withStoreAlone = async <T>(
  store: string,
  say: (line: string) => void,
  work: () => Promise<T>,
): Promise<T> => {
  const unlock = await lockKey(collectLock(store), () =>
    say('waiting for another command to clear the store'),
  );
  try {
    const [user] = livingUsers(store);
    if (user === undefined) return await work();
    throw new PaperError(
      'StoreInUse',
      `process ${user.split('-')[0]} uses the store, and would miss what is removed.`,
      {
        details: [`expected nobody in ${store}`],
        hint: 'run the same command again when it has ended.',
      },
    );
  } finally {
    await unlock();
  }
};
