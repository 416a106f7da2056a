/**
 * What Node tells of the machine, the user or the load, refused before a stage's program starts. Clocks stay, which
 * `verify` finds, and so does what packages ask for to find their way: platform, architecture, versions and paths. Like
 * the flags of the permission model it decides what a run may do and nothing of what it computes, so that it is in no key.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { pathToFileURL } from 'node:url';
import { getCallSites } from 'node:util';
import { isMainThread } from 'node:worker_threads';
import { machineRefused, refuse, tellAtOnce, watched } from './stage-guard.ts';

/** A module of Node's own, or a part of one, whose members are replaced in place. */
type Members = Record<string, unknown>;

const { getBuiltinModule } = process;
const builtin = (name: string): Members => getBuiltinModule.call(process, name) as unknown as Members;

const close = (of: object, label: string, names: readonly string[]): void => {
  for (const name of names) {
    if (name in of) (of as Members)[name] = machineRefused(`${label}.${name}`);
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

/** Properties of the process -> what Node's own code, such as a warning, gets in the place of them. */
const properties: Readonly<Record<string, unknown>> = {
  pid: 0,
  ppid: 0,
  execPath: '',
  config: { target_defaults: {}, variables: {} },
};

const launcher = pathToFileURL(process.argv[1] ?? '').href;

/** Whether a property is read by Node itself or by the stage's launcher, two calls up. */
const isOwnAsking = (): boolean => {
  const script = getCallSites(3)[2]?.scriptName ?? '';
  return script.startsWith('node:') || script === launcher;
};

const closeProcess = (): void => {
  close(process, 'process', ofProcess);
  for (const [name, neutral] of Object.entries(properties)) {
    const refused = machineRefused(`process.${name}`);
    Object.defineProperty(process, name, { get: () => (isOwnAsking() ? neutral : refused()) });
  }
  process.report.writeReport = machineRefused('a report on its process');
  const { execve, loadEnvFile } = process;
  Object.assign(process, {
    loadEnvFile: watched(loadEnvFile),
    ...(execve ? { execve: watched(execve) } : {}),
  });
};

/** A thread's limits follow from the machine's memory. */
const closeThreads = (workerThreads: Members): void => {
  const refused = machineRefused('worker_threads.resourceLimits');
  workerThreads['resourceLimits'] = new Proxy(
    {},
    { get: refused, has: refused, ownKeys: refused, getOwnPropertyDescriptor: refused },
  );
  const { prototype } = workerThreads['Worker'] as { readonly prototype: object };
  Object.defineProperty(prototype, 'resourceLimits', { get: refused });
  close(prototype, 'worker', ['cpuUsage', 'getHeapSnapshot', 'getHeapStatistics']);
};

const closeImports = (module: Members): void => {
  module['createRequire'] = () => (name: string) => {
    throw refuse(
      'UntraceableImport',
      `a stage's code imports '${name}' as it runs.`,
      'a key that is complete before the run needs every import by name.',
    );
  };
};

/** Name of a module that not every stage has -> what closes it. */
const doors: Readonly<Record<string, (module: Members) => void>> = {
  v8: (module) => close(module, 'v8', ofV8),
  worker_threads: closeThreads,
  module: closeImports,
  dns: (module) => {
    close(module, 'dns', ['getServers']);
    close(module['promises'] as object, 'dns', ['getServers']);
  },
  tls: (module) => close(module, 'tls', ['getCACertificates']),
};

const closed = new Set<string>();

const open = (name: string): Members => {
  const module = builtin(name);
  const known = name.replace(/^node:/, '').replace('/promises', '');
  const door = Object.hasOwn(doors, known) ? doors[known] : undefined;
  if (!door || closed.has(known)) return module;
  closed.add(known);
  door(builtin(known));
  syncBuiltinESMExports();
  return module;
};

tellAtOnce();
closeProcess();
close(os, 'os', ['getPriority']);
// The room on a disk.
close(fs, 'fs', ['statfs', 'statfsSync']);
close(fs.promises, 'fs.promises', ['statfs']);
Object.assign(process, { getBuiltinModule: open });
syncBuiltinESMExports();
for (const name of new URL(import.meta.url).searchParams.get('builtins')?.split(' ') ?? []) {
  if (name !== '') open(name);
}
if (isMainThread) {
  // An empty line is no message: it tells whether anybody listens, now that nothing tells whose child this is.
  setInterval(() => {
    try {
      fs.writeSync(3, '\n');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1);
    }
  }, 500).unref();
}
