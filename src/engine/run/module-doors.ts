/**
 * What is closed of the modules of Node's own that a stage's code names, before any of it runs: it takes longer to load
 * them all than most stages run, and one that is named only as it runs is refused.
 */

import { channelVariable } from './channel-variable.ts';
import { childRefused, importRefused, machineRefused, refuse, socketRefused, watchAll } from './refuse.ts';
import { close, forbid, type Members, replace } from './replace-members.ts';
import { channelWord } from './stage-channel.ts';
import { begins, ownOf } from './untouched.ts';
import { watchPromises } from './watch-files.ts';

/** Heaps grow as the machine's memory lets them. */
const ofV8 = [
  'cachedDataVersionTag',
  'getHeapStatistics',
  'getHeapSpaceStatistics',
  'getHeapCodeStatistics',
  'getCppHeapStatistics',
  'getHeapSnapshot',
  'writeHeapSnapshot',
  'queryObjects',
  'GCProfiler',
];

const { getBuiltinModule } = process;
const { construct } = Reflect;
const { parse } = URL;

/** A module of Node's own, as it is by then. */
export const builtin = (name: string): Members => getBuiltinModule(name) as unknown as Members;

const prototypeOf = (module: Members, name: string): object =>
  (module[name] as { readonly prototype: object }).prototype;

const refusesSocket = () => socketRefused;

const refusesChild = () => (): never => {
  throw childRefused();
};

/** A worker runs code of a file, and is held to what its stage is: with settings of its own it would not be. */
const holdWorkers = (workerThreads: Members): void => {
  const Worker = workerThreads['Worker'] as typeof import('node:worker_threads').Worker;
  const held = new Proxy(Worker, {
    construct: (target, [file, given = {}], newTarget) => {
      // Taken once: what is looked at is what is used.
      const {
        execArgv: _,
        env: __,
        ...options
      } = given as NonNullable<ConstructorParameters<typeof Worker>[1]>;
      const name = file instanceof URL ? file.href : `${file}`;
      if (options.eval || begins(name, 'data:')) {
        throw refuse(
          'WorkerRefused',
          'a stage starts a worker from a text.',
          "put its code into a file, and name it: `new Worker(new URL('./worker.ts', import.meta.url))`.",
        );
      }
      const env = { ...process.env, [channelVariable]: channelWord };
      return construct(target, [begins(name, 'file:') ? parse(name) : name, { ...options, env }], newTarget);
    },
  });
  // Also by way of a worker.
  Worker.prototype.constructor = held;
  workerThreads['Worker'] = held;
};

/** A thread's limits follow from the machine's memory. */
const closeThreads = (workerThreads: Members): void => {
  const refused = machineRefused('worker_threads.resourceLimits');
  workerThreads['resourceLimits'] = new Proxy(
    {},
    { get: refused, has: refused, ownKeys: refused, getOwnPropertyDescriptor: refused },
  );
  const prototype = prototypeOf(workerThreads, 'Worker');
  Object.defineProperty(prototype, 'resourceLimits', { get: refused });
  close(prototype, 'worker', ['cpuUsage', 'getHeapSnapshot', 'getHeapStatistics']);
  holdWorkers(workerThreads);
};

/** What may be asked of node:module as a stage runs: which modules are Node's own, and where code comes from. */
const ofModule = [
  'Module',
  'SourceMap',
  'findSourceMap',
  'isBuiltin',
  'stripTypeScriptTypes',
  'syncBuiltinESMExports',
];

const closeImports = (module: Members): void => {
  module['createRequire'] = () => (name: string) => {
    throw importRefused(name);
  };
  // Hooks would answer before those that hold a stage, or run in a thread that nothing holds; others tell which files there are.
  const open = [...ofModule, 'createRequire', 'builtinModules', 'constants'];
  const names = Object.keys(module).filter((name) => !open.includes(name));
  forbid(
    module,
    'module',
    names.filter((name) => typeof module[name] === 'function'),
  );
  // Where Node and its packages lie.
  Object.assign(module, { globalPaths: [], _cache: {}, _pathCache: {} });
};

/** What needs no socket, though it stands in node:net. */
const addressParts = ['BlockList', 'SocketAddress', 'isIP', 'isIPv4', 'isIPv6'];

const functionsOf = (module: Members): readonly string[] =>
  Object.keys(module).filter((name) => typeof module[name] === 'function');

/** What sockets and servers are made by, before it is closed. */
let makers: readonly unknown[] | undefined;

/** Connections, and the handles below them: whatever gives one gives it by these. @param module what is made of them stands in */
const closeSockets = (module: Members): void => {
  const net = builtin('node:net');
  if (!makers) {
    makers = [net['Socket'], net['Server']];
    for (const name of ['Socket', 'Server']) {
      const prototype = prototypeOf(net, name);
      replace(prototype, ['connect', 'listen', '_listen2', 'constructor'], refusesSocket);
    }
    const open = functionsOf(net).filter((name) => !addressParts.includes(name));
    replace(net, open, refusesSocket);
  }
  // By what a class extends, it is reached too.
  for (const name of functionsOf(module)) {
    const made = module[name] as object;
    if (makers.includes(Object.getPrototypeOf(made))) Object.setPrototypeOf(made, net['Socket'] as object);
  }
};

const closeHttp = (module: Members): void => {
  closeSockets(module);
  // An answer is dated, by a clock that nobody asked for.
  forbid(prototypeOf(builtin('node:http'), 'OutgoingMessage'), 'http.OutgoingMessage', ['_storeHeader']);
};

const closeNames = (): void => {
  const dns = builtin('node:dns');
  for (const module of [dns, dns['promises'] as Members]) {
    close(module, 'dns', ['getServers']);
    const asking = Object.keys(module).filter((name) => /^(lookup|resolve|reverse)/.test(name));
    replace(module, [...asking, 'Resolver'], refusesSocket);
  }
};

const closeDatagrams = (dgram: Members): void => {
  replace(prototypeOf(dgram, 'Socket'), ['bind', 'send', 'connect'], refusesSocket);
  replace(dgram, functionsOf(dgram), refusesSocket);
};

const closeChildren = (children: Members): void => {
  watchAll(children);
  replace(children, ['fork'], refusesChild);
  replace(prototypeOf(children, 'ChildProcess'), ['spawn'], refusesChild);
};

const closeInspector = (inspector: Members): void => {
  closeSockets(inspector);
  forbid(prototypeOf(inspector, 'Session'), 'inspector.Session', ['connect', 'connectToMainThread']);
  forbid(inspector, 'inspector', ['open', 'url', 'waitForDebugger']);
};

/** Name of a module that not every stage has -> what closes it. */
const doors: Readonly<Record<string, (module: Members) => void>> = {
  'fs/promises': watchPromises,
  v8: (module) => close(module, 'v8', ofV8),
  worker_threads: closeThreads,
  module: closeImports,
  net: closeSockets,
  tty: closeSockets,
  http: closeHttp,
  https: closeHttp,
  http2: closeHttp,
  tls: (module) => {
    closeSockets(module);
    close(module, 'tls', ['getCACertificates']);
  },
  dns: closeNames,
  'dns/promises': closeNames,
  dgram: closeDatagrams,
  child_process: closeChildren,
  cluster: (module) => {
    closeSockets(module);
    forbid(module, 'cluster', ['fork']);
  },
  repl: closeSockets,
  inspector: closeInspector,
  'inspector/promises': closeInspector,
  trace_events: (module) => forbid(module, 'trace_events', ['createTracing']),
  // What has globals of its own has clocks of its own.
  vm: (module) => {
    forbid(module, 'vm', ['createContext', 'measureMemory', 'runInNewContext']);
    forbid(prototypeOf(module, 'Script'), 'vm.Script', ['runInNewContext']);
  },
  wasi: (module) => forbid(module, 'wasi', ['WASI']),
  sqlite: (module) => forbid(module, 'sqlite', ['DatabaseSync', 'StatementSync', 'backup']),
};

/** Its inner modules of http and tls reach sockets past those doors. */
const doorOf = (name: string): ((module: Members) => void) | undefined =>
  /^_(?:http|tls)/.test(name) ? closeHttp : ownOf(doors, name);

/** Names of modules that the code of a process names, by both of their spellings. */
const named: Record<string, true> = {};

/**
 * Closes what the code names, before any of it runs.
 *
 * @param names modules of Node's own, without prefix
 */
export const closeBuiltins = (names: readonly string[]): void => {
  for (const name of names) {
    doorOf(name)?.(builtin(`node:${name}`));
    named[name] = true;
    named[`node:${name}`] = true;
  }
};

/** A module of Node's own, by its name. @throws UntraceableImport where the code names it only as it runs */
export const openBuiltin = (name: string): Members => {
  if (!ownOf(named, name)) throw importRefused(name);
  return builtin(name);
};
