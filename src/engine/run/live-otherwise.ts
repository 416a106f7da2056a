/** What `verify` shifts in a process: like the guard that loads it, it is in no key. */
import fs from 'node:fs';

/** Whatever of a date is taken, it is another: the year, the month, the day and the hour. */
const laterMs = (3 * 365.25 + 140) * 86_400_000 + 14_769_134;

/** By how much the machine and the process began earlier. */
const earlierMs = 12_345_678;

/** An hour a second: what a run takes is another in every unit, also rounded. */
const timesFaster = 3600;

/** The flag by which a process, and a worker in it, knows that it runs otherwise: see node-program.ts. */
export const otherwiseFlag = '--random-seed=7919';

const dateYearsOn = (): void => {
  const RealDate = Date;
  const begunMs = RealDate.now();
  const now = (): number => begunMs + laterMs + (RealDate.now() - begunMs) * timesFaster;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
  // A date leads to the one that all others ask.
  Object.defineProperty(RealDate.prototype, 'constructor', {
    value: globalThis.Date,
    configurable: true,
    writable: true,
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
  const begunNs = hrtime.bigint();
  const bigint = (): bigint =>
    begunNs + BigInt(earlierMs * 1e6) + (hrtime.bigint() - begunNs) * BigInt(timesFaster);
  const told = ([seconds, nanoseconds]: [number, number] = [0, 0]): [number, number] => {
    const ns = bigint() - BigInt(seconds) * 1_000_000_000n - BigInt(nanoseconds);
    return [Number(ns / 1_000_000_000n), Number(ns % 1_000_000_000n)];
  };
  process.hrtime = Object.assign(told, { bigint });
  const { prototype } = Performance;
  const { now } = prototype;
  prototype.now = function (): number {
    return now.call(this) * timesFaster + earlierMs;
  };
  const { timeOrigin } = performance;
  Object.defineProperty(prototype, 'timeOrigin', { get: () => timeOrigin + laterMs, configurable: true });
  for (const [of, name, earlier] of [
    [PerformanceEntry, 'startTime', earlierMs],
    [PerformanceEntry, 'duration', 0],
    [Event, 'timeStamp', earlierMs],
  ] as const) {
    const { get } = Object.getOwnPropertyDescriptor(of.prototype, name)!;
    Object.defineProperty(of.prototype, name, {
      get() {
        return get!.call(this) * timesFaster + earlier;
      },
      configurable: true,
    });
  }
};

const reversed = <T>(names: T): T => (Array.isArray(names) ? (names.toReversed() as T) : names);

/** What tells on which machine a file lies and whose it is. */
const places = ['dev', 'ino', 'uid', 'gid', 'nlink', 'blksize', 'blocks'];

/** Who may read or write it besides its owner, as the user's own mask has it. */
const ofOthers = 0o066;

/**
 * Times of files are in no key: they change with a copy, and that of a file which a run writes is a time of the run. Nor
 * is what else a file system tells of a file, besides its kind and its size.
 */
const laterFile = <T>(found: T): T => {
  const stats = (found ?? {}) as Record<string, number | bigint>;
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    for (const [unit, perMs] of Object.entries({ Ms: 1, Ns: 1_000_000 })) {
      const before = stats[name + unit];
      if (typeof before === 'number') stats[name + unit] = before + laterMs;
      if (typeof before === 'bigint') stats[name + unit] = before + BigInt(laterMs) * BigInt(perMs);
    }
  }
  for (const name of places) {
    const before = stats[name];
    if (typeof before === 'number') stats[name] = before + 1;
    if (typeof before === 'bigint') stats[name] = before + 1n;
  }
  const { mode } = stats;
  if (typeof mode === 'number') stats['mode'] = mode ^ ofOthers;
  if (typeof mode === 'bigint') stats['mode'] = mode ^ BigInt(ofOthers);
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

/** A folder that is read name by name is read whole at the first one. */
const foldersReversed = (): void => {
  const { prototype } = fs.Dir;
  const { readSync } = prototype;
  const left = new WeakMap<fs.Dir, fs.Dirent[]>();
  const next = (folder: fs.Dir): fs.Dirent | null => {
    const names = left.get(folder) ?? [];
    if (!left.has(folder)) {
      for (let name = readSync.call(folder); name !== null; name = readSync.call(folder)) names.push(name);
      left.set(folder, names);
    }
    return names.pop() ?? null;
  };
  const entries = async function* (this: fs.Dir): AsyncGenerator<fs.Dirent> {
    try {
      for (let name = next(this); name !== null; name = next(this)) yield name;
    } finally {
      await this.close();
    }
  };
  const read = function (this: fs.Dir, callback?: (error: null, name: fs.Dirent | null) => void) {
    const name = next(this);
    if (!callback) return Promise.resolve(name);
    return process.nextTick(callback, null, name);
  };
  const readSyncOtherwise = function (this: fs.Dir): fs.Dirent | null {
    return next(this);
  };
  Object.assign(prototype, {
    readSync: readSyncOtherwise,
    read,
    entries,
    [Symbol.asyncIterator]: entries,
  });
};

/** What watches a file is given its times. */
const watchedOtherwise = (): void => {
  const { watchFile, unwatchFile } = fs;
  const listeners = new WeakMap<AnyFunction, AnyFunction>();
  const told = (listener: AnyFunction): AnyFunction => {
    const known = listeners.get(listener) ?? ((now, before) => listener(laterFile(now), laterFile(before)));
    listeners.set(listener, known);
    return known;
  };
  const otherwise =
    (work: AnyFunction): AnyFunction =>
    (...args) =>
      work(...args.map((given) => (typeof given === 'function' ? told(given) : given)));
  Object.assign(fs, { watchFile: otherwise(watchFile), unwatchFile: otherwise(unwatchFile) });
};

const filesOtherwise = (): void => {
  foldersReversed();
  watchedOtherwise();
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

/** Some years on, files too, clocks begun at another time and faster, and folders in the order opposite to the one that was found. */
export const liveOtherwise = (): void => {
  dateYearsOn();
  clocksBegunEarlier();
  filesOtherwise();
};
