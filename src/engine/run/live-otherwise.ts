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

/** A day and some hours on, and folders in the order opposite to the one that was found. */
export const liveOtherwise = (): void => {
  laterDate();
  const { readdirSync, readdir, promises } = fs;
  Object.assign(fs, {
    readdirSync: (...args: Parameters<typeof readdirSync>) => reversed(readdirSync(...args)),
    readdir: (...args: unknown[]) => {
      const callback = args.pop() as (error: unknown, names: unknown) => void;
      // biome-ignore lint/suspicious/noExplicitAny: one of its many forms
      (readdir as any)(...args, (error: unknown, names: unknown) => callback(error, reversed(names)));
    },
  });
  const later = promises.readdir;
  // biome-ignore lint/suspicious/noExplicitAny: one of its many forms
  promises.readdir = (async (...args: any[]) => reversed(await (later as any)(...args))) as typeof later;
  syncBuiltinESMExports();
};
