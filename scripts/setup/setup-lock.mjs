import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';

import { identityOf, lives, readIdentity } from './process-identity.mjs';
import { SetupError } from './setup-error.mjs';

const beatMs = 1000;

/** A holder that cannot be asked whether it lives, and has not beaten for so long, is dead. */
const silentMs = 15_000;
const askMs = 100;

/** Takes a dead holder's lock away; gives it back when it was meanwhile another's. */
const breakLock = (/** @type {string} */ file, /** @type {string} */ text) => {
  const aside = `${file}.${process.pid}.dead`;
  try {
    renameSync(file, aside);
    if (readFileSync(aside, 'utf8') !== text) linkSync(aside, file);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes(/** @type {NodeJS.ErrnoException} */ (error).code ?? '')) throw error;
  }
  rmSync(aside, { force: true });
};

/**
 * One set-up at a time in a clone, so that no other sees node_modules half-made. A holder that was killed does not
 * keep it: it is known by its number, its start and where these count, and, where that cannot be asked, by a beat.
 *
 * @param {string} file
 * @param {() => void} onWait
 * @returns {Promise<{ beat: () => void, release: () => Promise<void> }>} beat: begin to beat, before long work
 */
export const takeSetupLock = async (file, onWait) => {
  const own = JSON.stringify(identityOf(process.pid));
  const mine = `${file}.${process.pid}`;
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(mine, own);
  } catch (error) {
    // A clone that cannot be written to cannot be set up by another either; a file named .paper is told of later.
    if (
      ['EROFS', 'EACCES', 'ENOTDIR', 'EEXIST', 'ENOENT'].includes(
        /** @type {NodeJS.ErrnoException} */ (error).code ?? '',
      )
    ) {
      return { beat: () => {}, release: async () => {} };
    }
    throw error;
  }
  let told = false;
  let seen = { text: '', mtimeMs: 0, sinceMs: performance.now() };
  try {
    for (;;) {
      try {
        // Linked, not written: the lock is never there without its text.
        linkSync(mine, file);
        break;
      } catch (error) {
        if (/** @type {NodeJS.ErrnoException} */ (error).code !== 'EEXIST') throw error;
      }
      let text = '';
      let mtimeMs = 0;
      try {
        text = readFileSync(file, 'utf8');
        ({ mtimeMs } = statSync(file));
      } catch (error) {
        const { code } = /** @type {NodeJS.ErrnoException} */ (error);
        if (code === 'ENOENT') continue;
        throw new SetupError('LockUnreadable', `${file} cannot be read, which says whose turn it is.`, {
          details: [`expected a file that this user may read; received ${code}`],
          hint: `remove it, \`rm -r ${file}\`, if no other set-up of this clone runs, and run the same command again.`,
        });
      }
      if (text !== seen.text || mtimeMs !== seen.mtimeMs)
        seen = { text, mtimeMs, sinceMs: performance.now() };
      const dead = !(lives(readIdentity(text)) ?? performance.now() - seen.sinceMs <= silentMs);
      if (dead) {
        breakLock(file, text);
        continue;
      }
      if (!told) onWait();
      told = true;
      await wait(askMs);
    }
  } finally {
    rmSync(mine, { force: true });
  }
  /** @type {Worker | undefined} */
  let beating;
  return {
    beat: () => {
      // A thread of its own: set-up waits for commands, and meanwhile can do nothing itself.
      beating ??= new Worker(
        `const { utimesSync } = require('node:fs'); const { workerData: [file, ms] } = require('node:worker_threads');
         setInterval(() => { try { utimesSync(file, new Date(), new Date()); } catch {} }, ms);`,
        { eval: true, workerData: [file, beatMs] },
      );
      beating.unref();
    },
    release: async () => {
      await beating?.terminate();
      try {
        if (readFileSync(file, 'utf8') === own) rmSync(file, { force: true });
      } catch {
        // Taken away: by whoever judged this process dead.
      }
    },
  };
};
