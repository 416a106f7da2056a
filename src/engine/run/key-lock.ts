import { existsSync, mkdirSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { onDisk } from './disk-error.ts';
import { nameOfProcess, processState } from './process-identity.ts';
import { textOrNone } from './text-or-none.ts';

const heartbeatMs = 1000;
/** So long without a heartbeat, and a holder of which nothing else is known is dead. */
const defaultSilenceMs = 20_000;
const lookEveryMs = 100;

/** What a waiter sees of a lock; a heartbeat changes it. */
const signOf = (file: string): string =>
  `${textOrNone(file)} ${statSync(file, { throwIfNoEntry: false })?.mtimeMs}`;

let taken = 0;

/**
 * Two builds at once share a store and the checkpoints of a key. The second waits for the first, or takes over at once
 * when the first is dead. A holder of another container, and a lock without a name, are dead when their heartbeat is.
 *
 * @param onWait told once, with whether this very process holds it
 * @returns what gives the lock back
 * @throws NotWritable, DiskFull, NotAFolder
 */
export const lockKey = async (
  file: string,
  onWait: (isOwn: boolean) => void,
  { silenceMs = defaultSilenceMs }: { readonly silenceMs?: number } = {},
): Promise<() => Promise<void>> => {
  taken += 1;
  const mine = `${nameOfProcess()} ${taken}`;
  await onDisk(dirname(file), () => mkdirSync(dirname(file), { recursive: true }));
  let sign: { readonly text: string; readonly sinceMs: number } | undefined;
  let isWaiting = false;
  for (;;) {
    const isMine = await onDisk(file, () => {
      try {
        writeFileSync(file, mine, { flag: 'wx' });
        return true;
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
        // A full disk makes the file and not its text.
        if (textOrNone(file) === '') rmSync(file, { force: true });
        throw error;
      }
    });
    if (isMine) break;
    const text = signOf(file);
    if (sign?.text !== text) sign = { text, sinceMs: performance.now() };
    const held = textOrNone(file);
    const [holder = ''] = held?.split(' ') ?? [];
    const state = processState(holder);
    // Of one that is dead, or that was given back meanwhile, there is nothing to wait for.
    if (state !== 'gone' && held !== undefined && !isWaiting) {
      isWaiting = true;
      onWait(holder === nameOfProcess());
    }
    const isSilent = performance.now() - sign.sinceMs > silenceMs;
    // Two waiters may both find it dead: only one removes the lock that both looked at.
    if ((state === 'gone' || (state === 'unknown' && isSilent)) && signOf(file) === text) {
      await takeAway(file, text);
      continue;
    }
    await wait(lookEveryMs);
  }
  const beat = setInterval(() => {
    try {
      const now = new Date();
      if (textOrNone(file) === mine) utimesSync(file, now, now);
    } catch {
      // A lock that went cannot be kept alive.
    }
  }, heartbeatMs);
  beat.unref();
  return async () => {
    clearInterval(beat);
    if (textOrNone(file) === mine) rmSync(file, { force: true });
  };
};

/** Removes a dead lock under a lock of its own, held for one look. */
const takeAway = async (file: string, text: string): Promise<void> => {
  const turn = `${file}.turn`;
  try {
    writeFileSync(turn, nameOfProcess(), { flag: 'wx' });
  } catch (error) {
    // Where nothing can be written nothing can be taken away, however long one waits.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST')
      await onDisk(turn, () => {
        throw error;
      });
    const holder = processState(textOrNone(turn) ?? '');
    const sinceMs = statSync(turn, { throwIfNoEntry: false })?.mtimeMs ?? 0;
    if (holder === 'gone' || (holder === 'unknown' && Date.now() - sinceMs > defaultSilenceMs))
      rmSync(turn, { recursive: true, force: true });
    await wait(lookEveryMs);
    return;
  }
  try {
    // Also a folder, where something else put one.
    if (signOf(file) === text) rmSync(file, { recursive: true, force: true });
  } finally {
    rmSync(turn, { force: true });
  }
};

/** Removes the locks of processes that were killed, of keys that nobody waits for. @param folder of locks */
export const clearDeadLocks = async (folder: string): Promise<void> => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const file = join(folder, name);
    const text = signOf(file);
    if (processState(textOrNone(file)?.split(' ')[0] ?? '') !== 'gone') continue;
    if (name.endsWith('.turn')) rmSync(file, { force: true });
    else await takeAway(file, text);
  }
};
