/** Which process left a file: a number alone comes again, and means another process in another container. */
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { sha256 } from '../keys/sha256.ts';

const namePattern = /^(\d+)-(\d+)-([0-9a-f]{8})$/;

/** Kernel ticks from boot to the start of a process; undefined where nothing tells. */
const startOf = (pid: number | 'self'): string | undefined => {
  try {
    const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The command's name stands in brackets, and may hold spaces.
    const [state, ...fields] = text.slice(text.lastIndexOf(')') + 2).split(' ');
    // A zombie has ended; only its parent has not looked yet.
    return state === 'Z' || state === 'X' ? undefined : fields[18];
  } catch {
    return undefined;
  }
};

const read = (look: () => string): string => {
  try {
    return look().trim();
  } catch {
    return '';
  }
};

/** Where process numbers mean the same: one boot of one machine, in one namespace of processes. */
const placeOfNumbers = sha256(
  [
    hostname(),
    read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8')),
    read(() => readlinkSync('/proc/self/ns/pid')),
  ].join('\n'),
).slice(0, 8);

const self = `${process.pid}-${startOf('self') ?? 0}-${placeOfNumbers}`;

/** This process, as files name it: number, start and place. */
export const nameOfProcess = (): string => self;

/** The name of a process of this place. */
export const nameOfNumber = (pid: number): string => `${pid}-${startOf(pid) ?? 0}-${placeOfNumbers}`;

/**
 * Whether a process by its name still runs: `unknown` for one of another container or machine, and for what is no
 * name.
 */
export const processState = (name: string): 'lives' | 'gone' | 'unknown' => {
  const [, pid, start, place] = namePattern.exec(name) ?? [];
  if (pid === undefined || place !== placeOfNumbers) return 'unknown';
  if (process.platform === 'linux') return startOf(Number(pid)) === start ? 'lives' : 'gone';
  try {
    process.kill(Number(pid), 0);
    return 'lives';
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM' ? 'lives' : 'gone';
  }
};

/** Ends a process at once, and its whole group where it leads one: what it started ends with it. */
export const killWithGroup = (pid: number): void => {
  for (const target of [-pid, pid]) {
    try {
      process.kill(target, 'SIGKILL');
    } catch {
      // It has ended, or leads no group.
    }
  }
};
