/**
 * What Node's permission model leaves open in a stage's process, closed; and what it refuses, remembered: a stage that
 * swallows the refusal fails all the same. Modules that a stage does not name are not even loaded: it takes longer to load
 * them all than most stages run.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';

/** An error that the runner tells; shaped like a PaperError. */
export interface Refusal extends Error {
  readonly hint: string;
  readonly details: readonly string[];
}

const refusals: Refusal[] = [];

/** The first thing that was refused in this process. */
export const firstRefusal = (): Refusal | undefined => refusals[0];

export const refuse = (name: string, message: string, hint: string): Refusal => {
  const error = Object.assign(new Error(message), { hint, details: [] });
  error.name = name;
  refusals.push(error);
  if (isTold) {
    const told = { name, message, hint, where: null, details: [] };
    writeSync(runner, `${JSON.stringify({ type: 'error', error: told })}\n`);
  }
  return error;
};

/** The runner's end of a pipe, of all threads of a process. */
const runner = 3;
const { writeSync } = fs;
let isTold = false;

/** From now on a refusal goes to the runner, which ends the process. */
export const tellAtOnce = (): void => {
  isTold = true;
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

/** @returns the refusal in place of Node's own error, or the error as it is */
const told = (error: unknown): unknown => {
  const { code, permission, resource } = (error ?? {}) as {
    code?: string;
    permission?: string;
    resource?: string;
  };
  if (code !== 'ERR_ACCESS_DENIED') return error;
  if (permission === 'ChildProcess') return childRefused();
  if (permission === 'FileSystemRead' || permission === 'FileSystemWrite')
    return refusedFile(permission, resource ?? '');
  return refuse(
    'Undeclared',
    `a stage does what it may not: ${permission}`,
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
      args[args.length - 1] = (error: unknown, ...rest: unknown[]) => callback(told(error), ...rest);
    }
    try {
      const result = work.apply(this, args);
      if (!(result instanceof Promise)) return result;
      return result.catch((error) => {
        throw told(error);
      });
    } catch (error) {
      throw told(error);
    }
  };

/** Every function of a module, in place; constructors and streams stay. */
const watchAll = (module: Record<string, unknown>): void => {
  for (const [name, member] of Object.entries(module)) {
    if (typeof member !== 'function' || /^[A-Z_]/.test(name) || name.startsWith('create')) continue;
    const watching = watched(member as AnyFunction);
    // Symbols too: by some of them Node knows how to make a promise of a callback.
    for (const [key, descriptor] of Reflect.ownKeys(member).map(
      (own) => [own, Object.getOwnPropertyDescriptor(member, own)!] as const,
    )) {
      if (!['length', 'name', 'prototype', 'arguments', 'caller'].includes(String(key)))
        Object.defineProperty(watching, key, descriptor);
    }
    module[name] = watching;
  }
};

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

const absentSchema = new Proxy(
  {},
  {
    get: () => {
      throw refuse(
        'SchemaInStage',
        "a stage's code uses a definition's `params`, which its process does not have: they were parsed before it started.",
        'to check data as the stage runs, give the schema a name beside the definition, and use that name in both places.',
      );
    },
  },
);

/** A module of Node's own, by its name; changed in place, whoever imports it. */
const builtin = <T extends object>(name: string): T => process.getBuiltinModule(name) as unknown as T;

const closeSockets = (): void => {
  const { Socket, Server } = builtin<typeof import('node:net')>('node:net');
  Socket.prototype.connect = socketRefused;
  Server.prototype.listen = socketRefused;
};

const closeNames = (): void => {
  const dns = builtin<typeof import('node:dns')>('node:dns');
  for (const module of [dns, dns.promises] as unknown as Record<string, unknown>[]) {
    for (const name of Object.keys(module)) {
      if (/^(lookup|resolve|reverse)/.test(name)) module[name] = socketRefused;
    }
    module['Resolver'] = class {
      constructor() {
        socketRefused();
      }
    };
  }
};

const closeDatagrams = (): void => {
  const { Socket } = builtin<typeof import('node:dgram')>('node:dgram');
  Object.assign(Socket.prototype, { bind: socketRefused, send: socketRefused, connect: socketRefused });
};

const holdWorkers = (): void => {
  const workerThreads = builtin<typeof import('node:worker_threads')>('node:worker_threads');
  const { Worker } = workerThreads;
  workerThreads.Worker = class extends Worker {
    constructor(
      file: ConstructorParameters<typeof Worker>[0],
      options: ConstructorParameters<typeof Worker>[1] = {},
    ) {
      const isFile = file instanceof URL ? file.protocol === 'file:' : !/^data:/i.test(String(file));
      if (options.eval || !isFile) {
        throw refuse(
          'WorkerRefused',
          'a stage starts a worker from a text.',
          "put its code into a file, and name it: `new Worker(new URL('./worker.ts', import.meta.url))`.",
        );
      }
      // With settings of its own a worker would not inherit what this process may not do.
      const { execArgv: _, env: __, ...kept } = options;
      super(file, kept);
    }
  } as typeof Worker;
};

const watchChildren = (): void => watchAll(builtin('node:child_process'));

/** Name of a module -> what closes it. */
const doors: Readonly<Record<string, () => void>> = {
  child_process: watchChildren,
  cluster: watchChildren,
  net: closeSockets,
  tls: closeSockets,
  http: closeSockets,
  https: closeSockets,
  http2: closeSockets,
  inspector: closeSockets,
  'inspector/promises': closeSockets,
  dns: closeNames,
  'dns/promises': closeNames,
  dgram: closeDatagrams,
  worker_threads: holdWorkers,
};

const closed = new Set<() => void>();

const close = (name: string): void => {
  const door = doors[name.replace(/^node:/, '')];
  if (!door || closed.has(door)) return;
  closed.add(door);
  door();
  syncBuiltinESMExports();
};

/** @param names modules of Node's own that the code names; all of them unless given */
export const closeDoors = (names: readonly string[] = Object.keys(doors)): void => {
  watchAll(fs as unknown as Record<string, unknown>);
  watchAll(fs.promises as unknown as Record<string, unknown>);
  Object.assign(os, {
    homedir: machineRefused('the home folder'),
    userInfo: machineRefused('the user'),
    hostname: machineRefused("the machine's name"),
    networkInterfaces: machineRefused('the network'),
    ...Object.fromEntries(
      ['availableParallelism', 'cpus', 'freemem', 'loadavg', 'release', 'totalmem', 'uptime', 'version'].map(
        (name) => [name, machineRefused(`os.${name}`)],
      ),
    ),
  });
  process.report.getReport = machineRefused('a report on its process');
  Object.defineProperty(navigator, 'hardwareConcurrency', {
    get: machineRefused('the number of processors'),
  });
  syncBuiltinESMExports();
  for (const name of names) close(name);
  const { getBuiltinModule } = process;
  const closedBuiltin = (name: string): object | undefined => {
    close(name);
    return getBuiltinModule.call(process, name);
  };
  Object.assign(process, { getBuiltinModule: closedBuiltin });
  Object.assign(globalThis, {
    fetch: async () => socketRefused(),
    WebSocket: socketRefused,
    EventSource: socketRefused,
    // What stands in a bundle for the schema of a definition's parameters: see without-schemas.ts.
    stageSchema: () => absentSchema,
    // CommonJS of packages asks for Node's own modules by name, and for nothing else.
    require: (name: string) => {
      const found = closedBuiltin(name);
      if (found) return found;
      throw refuse(
        'UntraceableImport',
        `a package imports '${name}' as it runs.`,
        'a key that is complete before the run needs every import by name.',
      );
    },
  });
};
