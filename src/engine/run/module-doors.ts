/**
 * What is closed of modules of Node's own, as a stage first asks for one: it takes longer to load them all than most stages
 * run.
 */
import { syncBuiltinESMExports } from 'node:module';
import { childRefused, importRefused, machineRefused, refuse, socketRefused, watchAll } from './refuse.ts';
import { close, forbid, type Members, replace } from './replace-members.ts';
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

/** A module of Node's own, as it is by then. */
export const builtin = (name: string): Members => getBuiltinModule.call(process, name) as unknown as Members;

const prototypeOf = (module: Members, name: string): object =>
  (module[name] as { readonly prototype: object }).prototype;

const refusesSocket = () => socketRefused;

const refusesChild = () => (): never => {
  throw childRefused();
};

/** A worker runs code of a file, and is held to what its stage is. */
const holdWorkers = (workerThreads: Members): void => {
  const { Worker } = workerThreads as unknown as typeof import('node:worker_threads');
  workerThreads['Worker'] = class extends Worker {
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
  };
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

const closeImports = (module: Members): void => {
  module['createRequire'] = () => (name: string) => {
    throw importRefused(name);
  };
  // Hooks would run the text of an address in a thread that nothing holds; the others tell which files there are.
  forbid(module, 'module', ['register', 'findPackageJSON', '_findPath', '_stat']);
};

const closeSockets = (): void => {
  const net = builtin('node:net');
  replace(prototypeOf(net, 'Socket'), ['connect'], refusesSocket);
  replace(prototypeOf(net, 'Server'), ['listen', '_listen2'], refusesSocket);
  // By the handles below sockets, which these give, connections are opened too.
  replace(net, ['_createServerHandle'], refusesSocket);
};

const closeHttp = (http: Members): void => {
  closeSockets();
  // An answer is dated, by a clock that nobody asked for.
  forbid(prototypeOf(http, 'OutgoingMessage'), 'http.OutgoingMessage', ['_storeHeader']);
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
  replace(dgram, ['_createSocketHandle', 'createSocket', 'Socket'], refusesSocket);
};

const closeChildren = (children: Members): void => {
  watchAll(children);
  replace(children, ['fork'], refusesChild);
  replace(prototypeOf(children, 'ChildProcess'), ['spawn'], refusesChild);
};

const closeInspector = (inspector: Members): void => {
  closeSockets();
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
  http: closeHttp,
  https: closeSockets,
  http2: closeSockets,
  tls: (module) => {
    closeSockets();
    close(module, 'tls', ['getCACertificates']);
  },
  dns: closeNames,
  dgram: closeDatagrams,
  child_process: closeChildren,
  cluster: (module) => forbid(module, 'cluster', ['fork']),
  inspector: closeInspector,
  trace_events: (module) => forbid(module, 'trace_events', ['createTracing']),
  // What has globals of its own has clocks of its own.
  vm: (module) => {
    forbid(module, 'vm', ['createContext', 'runInNewContext']);
    forbid(prototypeOf(module, 'Script'), 'vm.Script', ['runInNewContext']);
  },
  wasi: (module) => forbid(module, 'wasi', ['WASI']),
  sqlite: (module) => forbid(module, 'sqlite', ['DatabaseSync', 'StatementSync', 'backup']),
};

const closed = new Set<string>();

/** A module of Node's own by its name, closed. */
export const openBuiltin = (name: string): Members => {
  const module = builtin(name);
  const own = name.replace(/^node:/, '');
  const known = Object.hasOwn(doors, own) ? own : own.replace('/promises', '');
  const door = Object.hasOwn(doors, known) ? doors[known] : undefined;
  if (!door || closed.has(known)) return module;
  closed.add(known);
  // Some are known with their prefix alone.
  door(builtin(`node:${known}`));
  syncBuiltinESMExports();
  return module;
};
