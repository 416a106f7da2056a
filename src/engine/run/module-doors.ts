/** What is closed of the modules of Node's own that not every stage has. */
import { close, forbid, type Members, replace } from './replace-members.ts';
import { childRefused, machineRefused, refuse, socketRefused } from './stage-guard.ts';

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

const prototypeOf = (module: Members, name: string): object =>
  (module[name] as { readonly prototype: object }).prototype;

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
};

export const importRefused = (name: string): Error =>
  refuse(
    'UntraceableImport',
    `a stage's code imports '${name}' as it runs.`,
    'a key that is complete before the run needs every import by name.',
  );

const closeImports = (module: Members): void => {
  module['createRequire'] = () => (name: string) => {
    throw importRefused(name);
  };
  // Hooks would run the text of an address in a thread that nothing holds; the others tell which files there are.
  forbid(module, 'module', ['register', 'findPackageJSON', '_findPath', '_stat']);
};

const refusesSocket = () => socketRefused;

const refusesChild = () => (): never => {
  throw childRefused();
};

/** Name of a module that not every stage has -> what closes it. */
export const doors: Readonly<Record<string, (module: Members) => void>> = {
  v8: (module) => close(module, 'v8', ofV8),
  worker_threads: closeThreads,
  module: closeImports,
  dns: (module) => {
    close(module, 'dns', ['getServers']);
    close(module['promises'] as object, 'dns', ['getServers']);
  },
  tls: (module) => close(module, 'tls', ['getCACertificates']),
  cluster: (module) => forbid(module, 'cluster', ['fork']),
  child_process: (module) => {
    replace(module, ['fork'], refusesChild);
    replace(prototypeOf(module, 'ChildProcess'), ['spawn'], refusesChild);
  },
  // By the handles below sockets, which these give, connections are opened too.
  net: (module) => {
    replace(module, ['_createServerHandle'], refusesSocket);
    replace(prototypeOf(module, 'Server'), ['_listen2'], refusesSocket);
  },
  dgram: (module) => replace(module, ['_createSocketHandle', 'createSocket', 'Socket'], refusesSocket),
  trace_events: (module) => forbid(module, 'trace_events', ['createTracing']),
  // What has globals of its own has clocks of its own.
  vm: (module) => {
    forbid(module, 'vm', ['createContext', 'runInNewContext']);
    forbid(prototypeOf(module, 'Script'), 'vm.Script', ['runInNewContext']);
  },
  wasi: (module) => forbid(module, 'wasi', ['WASI']),
  sqlite: (module) => forbid(module, 'sqlite', ['DatabaseSync', 'StatementSync', 'backup']),
  inspector: (module) => {
    forbid(prototypeOf(module, 'Session'), 'inspector.Session', ['connect', 'connectToMainThread']);
    forbid(module, 'inspector', ['open', 'url', 'waitForDebugger']);
  },
};
