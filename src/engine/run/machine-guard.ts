/**
 * What Node tells of the machine, the user or the load, refused. Clocks stay, which `verify` finds, and so does what
 * packages ask for to find their way: platform, architecture, versions and paths.
 */
import fs from 'node:fs';
import os from 'node:os';
import { getCallSites } from 'node:util';

/** Gives what throws the refusal of a read of `what`. */
export type Refusing = (what: string) => () => never;

/** A module of Node's own, or a part of one, whose members are replaced in place. */
type Members = Record<string, unknown>;

const replace = (of: object, label: string, names: readonly string[], refusing: Refusing): void => {
  for (const name of names) {
    if (name in of) (of as Members)[name] = refusing(`${label}.${name}`);
  }
};

const ofProcess = [
  'availableMemory',
  'constrainedMemory',
  'memoryUsage',
  'resourceUsage',
  'cpuUsage',
  'threadCpuUsage',
  'uptime',
  'getuid',
  'geteuid',
  'getgid',
  'getegid',
  'getgroups',
  'umask',
];

const ofOs = [
  'availableParallelism',
  'cpus',
  'freemem',
  'getPriority',
  'loadavg',
  'release',
  'totalmem',
  'uptime',
  'version',
];

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

/** Properties of the process -> what Node's own code, such as a warning, gets in the place of them. */
const properties: Readonly<Record<string, unknown>> = {
  pid: 0,
  ppid: 0,
  execPath: '',
  config: { target_defaults: {}, variables: {} },
};

/** Whether a property is read by Node itself, two calls up. */
const isNodeAsking = (): boolean => /^node:/.test(getCallSites(3)[2]?.scriptName ?? '');

/** What is read by `os`, `process`, `fs` and `navigator`, which every stage has. */
export const closeMachine = (refusing: Refusing): void => {
  const words = {
    homedir: 'the home folder',
    userInfo: 'the user',
    hostname: "the machine's name",
    networkInterfaces: 'the network',
  };
  for (const [name, what] of Object.entries(words)) (os as unknown as Members)[name] = refusing(what);
  replace(os, 'os', ofOs, refusing);
  replace(process, 'process', ofProcess, refusing);
  for (const [name, neutral] of Object.entries(properties)) {
    const refused = refusing(`process.${name}`);
    Object.defineProperty(process, name, { get: () => (isNodeAsking() ? neutral : refused()) });
  }
  const report = refusing('a report on its process');
  Object.assign(process.report, { getReport: report, writeReport: report });
  // The room on a disk.
  replace(fs, 'fs', ['statfs', 'statfsSync'], refusing);
  replace(fs.promises, 'fs.promises', ['statfs'], refusing);
  Object.defineProperty(navigator, 'hardwareConcurrency', { get: refusing('the number of processors') });
};

/** Heaps grow as the machine's memory lets them. */
export const closeHeaps = (v8: object, refusing: Refusing): void => replace(v8, 'v8', ofV8, refusing);

/** A thread's limits follow from the machine's memory. */
export const closeThreads = (workerThreads: object, worker: object, refusing: Refusing): void => {
  const refused = refusing('worker_threads.resourceLimits');
  (workerThreads as Members)['resourceLimits'] = new Proxy(
    {},
    { get: refused, has: refused, ownKeys: refused, getOwnPropertyDescriptor: refused },
  );
  Object.defineProperty(worker, 'resourceLimits', { get: refused });
  replace(worker, 'worker', ['cpuUsage', 'getHeapSnapshot', 'getHeapStatistics'], refusing);
};
