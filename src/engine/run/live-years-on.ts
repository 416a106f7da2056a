/** What `verify` shifts besides live-otherwise.ts: like the guard that loads it, it is in no key. */
import fs from 'node:fs';
import { type AnyFunction, giving } from './live-otherwise.ts';

/** Clocks without a date begin with the machine or the process: those of another run have begun at another time. */
const startClocksEarlier = (): void => {
  const earlierMs = 12_345_678;
  const { hrtime } = process;
  const bigint = (): bigint => hrtime.bigint() + BigInt(earlierMs * 1e6);
  const told = ([seconds, nanoseconds]: [number, number] = [0, 0]): [number, number] => {
    const ns = bigint() - BigInt(seconds) * 1_000_000_000n - BigInt(nanoseconds);
    return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
  };
  process.hrtime = Object.assign(told, { bigint });
  const { prototype } = Performance;
  const { now } = prototype;
  prototype.now = function (): number {
    return now.call(this) + earlierMs;
  };
};

/** The time of a file that is written in a run is a time of the run. */
const laterFile = <T>(found: T, laterMs: number): T => {
  const stats = (found ?? {}) as Record<string, number | bigint>;
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    for (const [unit, perMs] of [
      ['Ms', 1],
      ['Ns', 1_000_000],
    ] as const) {
      const before = stats[name + unit];
      if (typeof before === 'number') stats[name + unit] = before + laterMs;
      if (typeof before === 'bigint') stats[name + unit] = before + BigInt(laterMs) * BigInt(perMs);
    }
  }
  return found;
};

const writeYearsOn = (laterMs: number): void => {
  const later = <T>(found: T): T => laterFile(found, laterMs);
  for (const module of [fs, fs.promises] as unknown as Record<string, AnyFunction>[]) {
    for (const name of ['stat', 'lstat', 'fstat', 'statSync', 'lstatSync', 'fstatSync']) {
      const work = module[name];
      if (work) module[name] = giving(work, later);
    }
  }
  const { open } = fs.promises;
  fs.promises.open = async (...args) => {
    const file = await open(...args);
    return Object.assign(file, { stat: giving(file.stat.bind(file), later) });
  };
  // A file without a time has the one of its making.
  const buffer = process.getBuiltinModule('node:buffer') as unknown as Record<string, unknown>;
  const File = new Proxy(buffer['File'] as typeof globalThis.File, {
    construct: (target, [parts, name, options], newTarget) =>
      Reflect.construct(target, [parts, name, { lastModified: Date.now(), ...options }], newTarget),
  });
  buffer['File'] = File;
  globalThis.File = File;
};

/**
 * Some years on: whatever of a date is taken, it is another, after what live-otherwise.ts adds, which is in every key and
 * takes the time from here.
 */
export const liveYearsOn = (): void => {
  const laterMs = (3 * 365.25 + 139) * 86_400_000 + 7_384_567;
  startClocksEarlier();
  writeYearsOn(laterMs);
  const { now } = Date;
  Date.now = () => now() + laterMs;
  // A date leads to the one that all others ask.
  Object.defineProperty(Date.prototype, 'constructor', { get: () => globalThis.Date, configurable: true });
  const { timeOrigin } = performance;
  Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + laterMs });
};
