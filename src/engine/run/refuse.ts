/**
 * Refusals in a stage's process, told to the runner as they come up, which then ends the process: a stage that swallows one
 * fails all the same.
 */
import { fileURLToPath } from 'node:url';
import { tell } from './stage-channel.ts';
import { begins, call, errorHere, ownOf, whenRejected } from './untouched.ts';

/** An error that the runner tells; shaped like a PaperError. */
export interface Refusal extends Error {
  readonly hint: string;
  readonly details: readonly string[];
}

export const refuse = (name: string, message: string, hint: string): Refusal => {
  const { error, stack } = errorHere(message);
  tell({ type: 'error', error: { name, message, hint, where: null, details: [], stack } });
  return Object.assign(error, { name, hint, details: [] });
};

/** What runs lies in one folder, whatever the sources': a file sought beside it was meant to lie beside its source. */
const ownFolder = fileURLToPath(new URL('.', import.meta.url));

const nameOf = (path: string): string =>
  begins(path, ownFolder) ? `./${path.slice(ownFolder.length)}, beside its code` : path;

const refusedFile = (permission: string, path: string): Refusal =>
  permission === 'FileSystemWrite'
    ? refuse(
        'UndeclaredWrite',
        `a stage writes where it may not: ${path}`,
        'write to `outputs`, or to `scratch` what need not outlive the run.',
      )
    : refuse(
        'UndeclaredRead',
        `a stage reads a file that it does not declare: ${nameOf(path)}`,
        "declare it: an output of another stage as an input, a file of the project by `new URL('./file', import.meta.url)` or by an import, any other file in `files`.",
      );

export const childRefused = (): Refusal =>
  refuse(
    'ChildProcessRefused',
    'a stage starts another program.',
    'what another program does is in no key: make it a stage of its own, as pythonStage or commandStage.',
  );

export const socketRefused = (): never => {
  throw refuse(
    'SocketRefused',
    'a stage opens a connection.',
    'what comes over a network is in no key: fetch it once, and give the file to the stage in `files`, named by its digest.',
  );
};

/** @returns what refuses to tell `what` */
export const machineRefused = (what: string) => (): never => {
  throw refuse(
    'UndeclaredRead',
    `a stage asks for ${what}, which differs from machine to machine.`,
    'give what it needs as a parameter.',
  );
};

export const importRefused = (name: string): Error =>
  refuse(
    'UntraceableImport',
    `a stage's code imports '${name}' as it runs.`,
    'a key that is complete before the run needs every import by name.',
  );

/** @returns the refusal in place of Node's own error, or the error as it is */
const told = (error: unknown, by: string): unknown => {
  const { code, permission, resource } = (error ?? {}) as {
    code?: string;
    permission?: string;
    resource?: string;
  };
  if (code !== 'ERR_ACCESS_DENIED') return error;
  if (permission === 'ChildProcess') return childRefused();
  if (permission === 'FileSystemRead' || permission === 'FileSystemWrite')
    return refusedFile(permission, resource ?? '');
  // What is asked of an open file has neither.
  return refuse(
    'Undeclared',
    `a stage does what it may not: ${permission || by}`,
    'a stage reads its inputs and writes its outputs.',
  );
};

// biome-ignore lint/suspicious/noExplicitAny: any function of Node's library, whatever it takes
type AnyFunction = (...args: any[]) => any;

const isPromise = (found: unknown): found is Promise<unknown> => found instanceof Promise;

const isIterable = (found: unknown): found is AsyncIterableIterator<unknown> =>
  typeof found === 'object' && found !== null && Symbol.asyncIterator in found && 'next' in found;

/** The same work, with the refusal in place of Node's own error. */
export const watched = (work: AnyFunction): AnyFunction => {
  const { name } = work;
  const isSync = name.endsWith('Sync');
  const change = (error: unknown): unknown => told(error, name);
  return function (this: unknown, ...args) {
    const last = args.length - 1;
    const callback = args[last];
    if (typeof callback === 'function' && !isSync) {
      args[last] = (...given: unknown[]) => {
        given[0] = change(given[0]);
        return call(callback as AnyFunction, undefined, given);
      };
    }
    let found: unknown;
    try {
      found = call(work, this, args);
    } catch (error) {
      throw change(error);
    }
    if (isPromise(found)) return whenRejected(found, change);
    // Of a folder or file that is watched, by a loop.
    if (isIterable(found)) found.next = watched(found.next);
    return found;
  };
};

const { defineProperty, getOwnPropertyDescriptors } = Object;
const { ownKeys, set } = Reflect;

/** Constructors, streams and what is nobody's business stay. */
const isWatched = (name: string): boolean =>
  name[0]! >= 'a' && name[0]! <= 'z' && name !== 'constructor' && !begins(name, 'create');

const ofFunctions = { length: true, name: true, prototype: true, arguments: true, caller: true } as const;

/** Every function of a module, in place; parts that are loaded late stay. */
export const watchAll = (module: object): void => {
  const members: Record<string, PropertyDescriptor> = getOwnPropertyDescriptors(module);
  const names = ownKeys(members);
  for (let at = 0; at < names.length; at += 1) {
    const name = names[at]!;
    const work = typeof name === 'string' && isWatched(name) ? members[name]!.value : undefined;
    if (typeof work !== 'function') continue;
    const watching = watched(work as AnyFunction);
    // Symbols too: by some of them Node knows how to make a promise of a callback.
    const own: Record<PropertyKey, PropertyDescriptor> = getOwnPropertyDescriptors(work);
    const keys = ownKeys(own);
    for (let place = 0; place < keys.length; place += 1) {
      const key = keys[place]!;
      if (typeof key === 'symbol' || !ownOf(ofFunctions, key)) defineProperty(watching, key, own[key]!);
    }
    set(module, name, watching);
  }
};
