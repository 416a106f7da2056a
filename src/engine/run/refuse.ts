/**
 * Refusals in a stage's process, told to the runner as they come up, which then ends the process: a stage that swallows one
 * fails all the same.
 */
import fs from 'node:fs';

/** An error that the runner tells; shaped like a PaperError. */
export interface Refusal extends Error {
  readonly hint: string;
  readonly details: readonly string[];
}

/** The runner's end of a pipe, of all threads of a process. */
const runner = 3;
const { writeSync } = fs;

/** A stage's own line may stand below many of a library's. */
const framesShown = 60;

export const refuse = (name: string, message: string, hint: string): Refusal => {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = framesShown;
  const error = Object.assign(new Error(message), { hint, details: [] });
  Error.stackTraceLimit = stackTraceLimit;
  error.name = name;
  const told = { name, message, hint, where: null, details: [], stack: error.stack };
  writeSync(runner, `${JSON.stringify({ type: 'error', error: told })}\n`);
  return error;
};

const refusedFile = (permission: string, path: string): Refusal =>
  permission === 'FileSystemWrite'
    ? refuse(
        'UndeclaredWrite',
        `a stage writes where it may not: ${path}`,
        'write to `outputs`, or to `scratch` what need not outlive the run.',
      )
    : refuse(
        'UndeclaredRead',
        `a stage reads a file that it does not declare: ${path}`,
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
  // What is asked of an open file has no path.
  if (permission === 'FileSystemRead' || permission === 'FileSystemWrite')
    return refusedFile(permission, resource || `by ${by} of a file that it holds open`);
  return refuse(
    'Undeclared',
    `a stage does what it may not: ${permission || by}`,
    'a stage reads its inputs and writes its outputs.',
  );
};

// biome-ignore lint/suspicious/noExplicitAny: any function of Node's library, whatever it takes
type AnyFunction = (...args: any[]) => any;

/** The same work, with the refusal in place of Node's own error. */
export const watched = (work: AnyFunction): AnyFunction =>
  function (this: unknown, ...args) {
    const callback = args.at(-1);
    if (typeof callback === 'function' && !work.name.endsWith('Sync')) {
      args[args.length - 1] = (error: unknown, ...rest: unknown[]) =>
        callback(told(error, work.name), ...rest);
    }
    try {
      const result = work.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error) => {
        throw told(error, work.name);
      });
    } catch (error) {
      throw told(error, work.name);
    }
  };

/** Every function of a module, in place; constructors, getters and streams stay. */
export const watchAll = (module: object): void => {
  for (const [name, { value: member }] of Object.entries(Object.getOwnPropertyDescriptors(module))) {
    if (typeof member !== 'function' || /^[A-Z_]|^constructor$/.test(name) || name.startsWith('create'))
      continue;
    const watching = watched(member as AnyFunction);
    // Symbols too: by some of them Node knows how to make a promise of a callback.
    for (const [key, descriptor] of Reflect.ownKeys(member).map(
      (own) => [own, Object.getOwnPropertyDescriptor(member, own)!] as const,
    )) {
      if (!['length', 'name', 'prototype', 'arguments', 'caller'].includes(String(key)))
        Object.defineProperty(watching, key, descriptor);
    }
    Reflect.set(module, name, watching);
  }
};
