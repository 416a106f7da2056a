/**
 * What would take a good part of a process's start, put off until a stage asks for it: most never do. Like the guard that
 * does so it is in no key, since what is asked for is the same.
 */
import fs from 'node:fs';

const { getBuiltinModule } = process;

/**
 * Streams of files, a tenth of Node's start: whoever imports node:fs asks for their classes, by the exports' values. What
 * stands there instead becomes the class at its first use.
 */
export const putOffStreams = (): void => {
  const names = ['ReadStream', 'WriteStream', 'FileReadStream', 'FileWriteStream'] as const;
  const traps = Object.getOwnPropertyNames(Reflect).filter((name) => name !== 'constructor');
  for (const name of names) {
    const load = Object.getOwnPropertyDescriptor(fs, name)?.get;
    if (!load) continue;
    const handler = Object.fromEntries(
      traps.map((trap) => [
        trap,
        (_: object, ...rest: unknown[]) =>
          (Reflect[trap as 'get'] as (...of: unknown[]) => unknown)(load.call(fs), ...rest),
      ]),
    );
    // Of a class's kind: it can be called and constructed, and has a prototype.
    const stream = new Proxy(function stream() {}, handler);
    Object.defineProperty(fs, name, { value: stream, configurable: true, enumerable: true, writable: true });
  }
};

/**
 * Math.random draws the same in every run: the draws of `--random-seed`, which is set at the first of them. Given as the
 * process starts, the flag makes V8 refuse the compiled code that Node brings, an eighth of its start.
 */
export const putOffSeed = (seed: number): void => {
  const { random } = Math;
  let isSeeded = false;
  Math.random = () => {
    if (!isSeeded) {
      const v8 = getBuiltinModule.call(process, 'node:v8') as unknown as typeof import('node:v8');
      v8.setFlagsFromString(`--random-seed=${seed}`);
    }
    isSeeded = true;
    return random();
  };
};
