/**
 * The commands that a set-up runs, by a note for each: when a set-up is killed, they go on, and a later one must not
 * work beside them in the same folders.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { identityIn, identityOf, lives, parentOf, place } from './process-identity.mjs';

const askMs = 50;
/** How long a command may take to end when it is asked to. */
const patienceMs = 5000;

/** @type {string | undefined} */
let notes;

/**
 * From now on commands are noted in a folder.
 * @param {string} folder
 */
export const noteCommandsIn = (folder) => {
  notes = folder;
};

/** Notes its own process and becomes the command: killed at whatever moment, no set-up leaves one without its note. */
const noteAndBecome = `{ read -r stat <"/proc/$$/stat" && printf '%s\\n%s\\n' "$2" "$stat" >"$1/$$"; } 2>/dev/null
shift 2
exec "$@"`;

/**
 * The words by which a command is started so that it is noted; those of the command itself where nobody notes.
 * @param {readonly [string, ...string[]]} words
 * @param {boolean} mayBeEnded false: to end it would leave the system half-changed
 * @returns {readonly [string, ...string[]]}
 */
export const notedCommand = (words, mayBeEnded) => {
  if (notes === undefined) return words;
  try {
    mkdirSync(notes, { recursive: true });
  } catch {
    // What cannot be written here is told of by the command itself.
  }
  const about = JSON.stringify({ place: place(), mayBeEnded });
  return ['/bin/sh', '-c', noteAndBecome, 'sh', notes, about, ...words];
};

/** Takes the note of a command back, which has ended. */
export const forgetCommand = (/** @type {number | undefined} */ pid) => {
  if (notes !== undefined) rmSync(join(notes, String(pid)), { force: true });
};

/** A process and all that it started, however deep. */
const familyOf = (/** @type {number} */ pid) => {
  const parents = readdirSync('/proc')
    .map(Number)
    .filter((number) => number > 0)
    .map((number) => [number, parentOf(number)]);
  const family = new Set([pid]);
  for (const member of family)
    for (const [child = 0, parent] of parents) if (parent === member) family.add(child);
  return [...family];
};

/** @param {readonly number[]} pids @param {NodeJS.Signals} signal */
const signalAll = (pids, signal) => {
  for (const pid of pids) {
    try {
      process.kill(pid, signal);
    } catch {
      // It ended meanwhile, or is another user's: then it is waited for.
    }
  }
};

/** @param {string} text of a note */
const readNote = (text) => {
  const [about = '', stat = ''] = text.split('\n');
  try {
    const { place: where, mayBeEnded } = JSON.parse(about);
    const identity = identityIn(stat, String(where));
    return lives(identity) ? { identity, mayBeEnded: mayBeEnded === true } : undefined;
  } catch {
    // It says nothing.
    return undefined;
  }
};

/** @param {import('./process-identity.mjs').ProcessIdentity} identity */
const endFamily = async ({ pid }) => {
  const family = familyOf(pid).map(identityOf);
  const left = () => family.filter((member) => lives(member)).map((member) => member.pid);
  const startMs = performance.now();
  signalAll(left(), 'SIGTERM');
  while (left().length > 0) {
    if (performance.now() - startMs > patienceMs) signalAll(left(), 'SIGKILL');
    await wait(askMs);
  }
};

/**
 * Ends the commands that a killed set-up left running, and waits for those that must not be ended.
 * @param {string} folder of the notes
 * @param {() => void} onWait
 */
export const endAbandonedCommands = async (folder, onWait) => {
  if (!existsSync(folder)) return;
  for (const name of readdirSync(folder)) {
    const note = readNote(readFileSync(join(folder, name), 'utf8'));
    if (note?.mayBeEnded) await endFamily(note.identity);
    else if (note) {
      onWait();
      while (lives(note.identity)) await wait(askMs);
    }
    rmSync(join(folder, name), { force: true });
  }
};
