/** What `verify` shifts in a process: like the guard that loads it, it is in no key. */
import fs from 'node:fs';

/** Whatever of a date is taken, it is another: the year, the month, the day and the hour. */
const laterMs = (3 * 365.25 + 140) * 86_400_000 + 14_769_134;

/** By how much the machine and the process began earlier. */
const earlierMs = 12_345_678;

/** The flag by which a process, and a worker in it, knows that it runs otherwise: see node-program.ts. */
export const otherwiseFlag = '--random-seed=7919';

const dateYearsOn = (): void => {
  const RealDate = Date;
  const now = (): number => RealDate.now() + laterMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  // A date leads to the one that all others ask.
  Object.defineProperty(RealDate.prototype, 'constructor', {
    get: () => globalThis.Date,
    configurable: true,
  });
  const { prototype } = Intl.DateTimeFormat;
  const format = Object.getOwnPropertyDescriptor(prototype, 'format')!.get!;
  Object.defineProperty(prototype, 'format', {
    get() {
      const ofThis = format.call(this) as Intl.DateTimeFormat['format'];
      return (date?: Date | number) => ofThis(date ?? now());
    },
  });
  const { formatToParts } = prototype;
  prototype.formatToParts = function (date) {
    return formatToParts.call(this, date ?? now());
  };
};

/** Clocks without a date begin with the machine or the process: those of another run have begun at another time. */
const clocksBegunEarlier = (): void => {
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
  const { timeOrigin } = performance;
  Object.defineProperty(performance, 'timeOrigin', { get: () => timeOrigin + laterMs });
};

const reversed = <T>(names: T): T => (Array.isArray(names) ? (names.toReversed() as T) : names);

/** Times of files are in no key: they change with a copy, and that of a file which a run writes is a time of the run. */
const laterFile = <T>(found: T): T => {
  const stats = (found ?? {}) as Record<string, number | bigint>;
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    for (const [unit, perMs] of Object.entries({ Ms: 1, Ns: 1_000_000 })) {
      const before = stats[name + unit];
      if (typeof before === 'number') stats[name + unit] = before + laterMs;
      if (typeof before === 'bigint') stats[name + unit] = before + BigInt(laterMs) * BigInt(perMs);
    }
  }
  return found;
};

// biome-ignore lint/suspicious/noExplicitAny: any function of Node's file system, in one of its three forms
type AnyFunction = (...args: any[]) => any;

/** What a function gives, at once, by a promise or to a callback, otherwise. */
const giving =
  (work: AnyFunction, change: <T>(given: T) => T): AnyFunction =>
  (...args) => {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      args[args.length - 1] = (error: unknown, given: unknown) => callback(error, change(given));
    }
    const given = work(...args);
    return given instanceof Promise ? given.then(change) : change(given);
  };

const filesOtherwise = (): void => {
  const changes = { readdir: reversed, stat: laterFile, lstat: laterFile, fstat: laterFile };
  for (const module of [fs, fs.promises] as unknown as Record<string, AnyFunction>[]) {
    for (const [name, change] of Object.entries(changes)) {
      for (const form of [name, `${name}Sync`]) {
        const work = module[form];
        if (work) module[form] = giving(work, change);
      }
    }
  }
  const { open } = fs.promises;
  fs.promises.open = async (...args) => {
    const file = await open(...args);
    return Object.assign(file, { stat: giving(file.stat.bind(file), laterFile) });
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

/** Some years on, files too, clocks begun at another time, and folders in the order opposite to the one that was found. */
export const liveOtherwise = (): void => {
  dateYearsOn();
  clocksBegunEarlier();
  filesOtherwise();
};
