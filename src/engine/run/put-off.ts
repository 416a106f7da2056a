/**
 * What would take a good part of a process's start, put off until a stage asks for it: most never do. What is asked for is
 * the same.
 */

import { call } from './untouched.ts';

const { getBuiltinModule } = process;

/** @param target of the kind of what it stands for: a function can be called and constructed, and has a prototype */
const standIn = (target: object, load: () => object): object => {
  const traps = Object.getOwnPropertyNames(Reflect).map((trap) => {
    const work = Reflect[trap as 'get'] as (...given: unknown[]) => unknown;
    const onPart = (...given: unknown[]): unknown => {
      given[0] = load();
      return call(work, Reflect, given);
    };
    return [trap, onPart] as const;
  });
  return new Proxy(target, Object.fromEntries(traps));
};

/**
 * Parts of a module that it loads when they are asked for. Whoever imports the module asks for all of them, since an import
 * is given the values of its exports: of node:fs, streams and promises take a tenth of Node's start.
 *
 * @param loaded is given the part, once, before anybody else is
 */
export const putOffParts = (
  module: object,
  names: readonly string[],
  loaded: (part: object) => void = () => {},
): void => {
  for (const name of names) {
    const get = Object.getOwnPropertyDescriptor(module, name)?.get;
    if (!get) continue;
    let part: object | undefined;
    const load = (): object => {
      if (!part) {
        part = call(get, module, []) as object;
        loaded(part);
      }
      return part;
    };
    const target = /^[A-Z]/.test(name) ? function part() {} : {};
    Object.defineProperty(module, name, {
      value: standIn(target, load),
      configurable: true,
      enumerable: true,
      writable: true,
    });
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
      const v8 = getBuiltinModule('node:v8') as unknown as typeof import('node:v8');
      v8.setFlagsFromString(`--random-seed=${seed}`);
    }
    isSeeded = true;
    return random();
  };
};
