import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';

const laterMs = 93_784_567;

/** The flag by which a process, and a worker in it, knows that it runs otherwise: see node-program.ts. */
export const otherwiseFlag = '--random-seed=7919';

const laterDate = (): void => {
  const RealDate = Date;
  const now = (): number => RealDate.now() + laterMs;
  globalThis.Date = new Proxy(RealDate, {
    construct: (target, args, newTarget) =>
      Reflect.construct(target, args.length === 0 ? [now()] : args, newTarget),
    apply: () => new RealDate(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
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

const reversed = <T>(names: T): T => (Array.isArray(names) ? (names.toReversed() as T) : names);

/** Times of files are in no key: they change with a copy. */
const laterFile = <T>(found: T): T => {
  const stats = (found ?? {}) as Record<string, number | bigint>;
  for (const name of ['atime', 'mtime', 'ctime', 'birthtime']) {
    for (const [unit, perMs] of Object.entries({ Ms: 1, Ns: 1_000_000 })) {
      const before = stats[name + unit];
      if (typeof before === 'number') stats[name + unit] = before + laterMs;
      if (typeof before === 'bigint') stats[name + unit] = before + BigInt(laterMs * perMs);
    }
  }
  return found;
};

// biome-ignore lint/suspicious/noExplicitAny: any function of Node's file system, in one of its three forms
export type AnyFunction = (...args: any[]) => any;

/** What a function gives, at once, by a promise or to a callback, otherwise. */
export const giving =
  (work: AnyFunction, change: <T>(given: T) => T): AnyFunction =>
  (...args) => {
    const callback = args.at(-1);
    if (typeof callback === 'function') {
      args[args.length - 1] = (error: unknown, given: unknown) => callback(error, change(given));
    }
    const given = work(...args);
    return given instanceof Promise ? given.then(change) : change(given);
  };

/** A day and some hours on, files too, and folders in the order opposite to the one that was found. */
export const liveOtherwise = (): void => {
  laterDate();
  const changes = { readdir: reversed, stat: laterFile, lstat: laterFile, fstat: laterFile };
  for (const module of [fs, fs.promises] as unknown as Record<string, AnyFunction>[]) {
    for (const [name, change] of Object.entries(changes)) {
      for (const form of [name, `${name}Sync`]) {
        const work = module[form];
        if (work) module[form] = giving(work, change);
      }
    }
  }
  syncBuiltinESMExports();
};
