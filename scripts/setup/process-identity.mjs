import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';

/** @typedef {{ pid: number, start: string, place: string }} ProcessIdentity number, start, and where these count */

/** The fields of a process after its name, as proc(5) numbers them from the third on. The name, in brackets, may hold spaces. */
const fieldsIn = (/** @type {string} */ stat) => stat.split(') ').at(-1)?.split(' ') ?? [];

/** The same, of a number; none where the system does not say. */
const statOf = (/** @type {number} */ pid) => {
  try {
    return fieldsIn(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return [];
  }
};

/**
 * What tells a process from a later one of its number; empty where the system does not say.
 * @param {readonly string[]} fields
 */
const startIn = (fields) => fields[19] ?? '';

const startOf = (/** @type {number} */ pid) => startIn(statOf(pid));

/** The number of the process that started it, or that took it over. */
export const parentOf = (/** @type {number} */ pid) => Number(statOf(pid)[1] ?? 0);

/** Where process numbers mean the same: this machine since its start, and the id namespace. */
export const place = () => {
  const read = (/** @type {() => string} */ of) => {
    try {
      return of().trim();
    } catch {
      return '';
    }
  };
  const boot = read(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8'));
  return `${hostname()} ${boot} ${read(() => readlinkSync('/proc/self/ns/pid'))}`;
};

/** @returns {ProcessIdentity} */
export const identityOf = (/** @type {number} */ pid) => ({ pid, start: startOf(pid), place: place() });

/**
 * @param {string} stat of the process, as proc(5) has it
 * @param {string} where its number counts
 * @returns {ProcessIdentity}
 */
export const identityIn = (stat, where) => ({
  pid: Number.parseInt(stat, 10),
  start: startIn(fieldsIn(stat)),
  place: where,
});

/** @returns {ProcessIdentity | undefined} undefined: the text says nothing */
export const readIdentity = (/** @type {string} */ text) => {
  try {
    const { pid, start, place: where } = JSON.parse(text);
    return Number.isInteger(pid) && pid > 0 ? { pid, start: String(start), place: String(where) } : undefined;
  } catch {
    return undefined;
  }
};

const hasNumber = (/** @type {number} */ pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
};

/**
 * Whether a process lives.
 * @param {ProcessIdentity | undefined} identity
 * @returns {boolean | undefined} undefined: nobody can be asked here
 */
export const lives = (identity) => {
  if (identity?.place !== place()) return undefined;
  const [state] = statOf(identity.pid);
  // One that ended, and whose parent never asked how, still has its number.
  if (state === 'Z' || !hasNumber(identity.pid)) return false;
  return identity.start === '' || startOf(identity.pid) === identity.start;
};
