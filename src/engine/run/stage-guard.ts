/**
 * Loaded before all else on every thread of a stage's process: it refuses what Node's permission model leaves open, and what
 * Node tells of the machine, the user or the load. Clocks stay, which `verify` finds, and so does what packages ask for to
 * find their way: platform, architecture, versions and paths. Like the flags of the permission model it decides what a run
 * may do and nothing of what it computes, so that it is in no key.
 */
import fs from 'node:fs';
import { syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { fileURLToPath } from 'node:url';
import { liveOtherwise, otherwiseFlag } from './live-otherwise.ts';
import { builtin, closeBuiltins, openBuiltin } from './module-doors.ts';
import { putOffSeed } from './put-off.ts';
import { importRefused, machineRefused, refuse, socketRefused, watched } from './refuse.ts';
import { close, forbid } from './replace-members.ts';
import { isHeard, tell } from './stage-channel.ts';
import { stageGiven } from './stage-given.ts';
import type { LauncherManifest, StageHost, StageMessage } from './stage-protocol.ts';
import { begins, call, holds, ownOf } from './untouched.ts';
import { watchFiles } from './watch-files.ts';

// Not imported: what an import may name is evaluated first, all of it, which takes longer than most stages run.
const { getCallSites } = builtin('node:util') as unknown as typeof import('node:util');

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

/** What reaches other processes, changes whose process this is, or hands out Node's inner parts. */
const ofOthers = [
  'kill',
  '_kill',
  '_debugProcess',
  'binding',
  'chdir',
  'setuid',
  'seteuid',
  'setgid',
  'setegid',
  'setgroups',
  'initgroups',
];

const ofSystem = [
  'availableParallelism',
  'cpus',
  'freemem',
  'getPriority',
  'loadavg',
  'release',
  'setPriority',
  'totalmem',
  'uptime',
  'version',
];

/** Whether a property is read by Node itself, two calls up. */
const isOwnAsking = (): boolean => (getCallSites(3)[2]?.scriptName ?? '').startsWith('node:');

const closeProcess = (): void => {
  close(process, 'process', ofProcess);
  for (const [name, neutral] of Object.entries(stageGiven.process)) {
    const refused = machineRefused(`process.${name}`);
    Object.defineProperty(process, name, { get: () => (isOwnAsking() ? neutral : refused()) });
  }
  // Where Node lies: the runner gives it a name, and Node puts its path here.
  process.argv[0] = process.argv0;
  const report = machineRefused('a report on its process');
  Object.assign(process.report, { getReport: report, writeReport: report });
  forbid(process, 'process', ofOthers);
  const { execve, loadEnvFile } = process;
  Object.assign(process, {
    loadEnvFile: watched(loadEnvFile),
    ...(execve ? { execve: watched(execve) } : {}),
  });
};

const closeSystem = (): void => {
  close(os, 'os', ofSystem);
  Object.assign(os, {
    homedir: machineRefused('the home folder'),
    userInfo: machineRefused('the user'),
    hostname: machineRefused("the machine's name"),
    networkInterfaces: machineRefused('the network'),
  });
  Object.defineProperty(Navigator.prototype, 'hardwareConcurrency', {
    get: machineRefused('the number of processors'),
  });
};

/** Packages' files by their names, as the key has them; an addon is loaded if it is one of them. */
const holdAddons = ({ resolved }: LauncherManifest): void => {
  // As paths: a URL spells a space, and other signs, in another way.
  const addons = Object.fromEntries(Object.values(resolved).map((url) => [fileURLToPath(url), true]));
  const { dlopen } = process;
  process.dlopen = (module, file, ...flags) => {
    if (ownOf(addons, file))
      return call(dlopen, process, [module, file, ...flags] as Parameters<typeof dlopen>);
    throw refuse(
      'UndeclaredRead',
      `a stage loads an addon that it does not declare: ${file}`,
      'name it by import.meta.resolve of a literal, so that it enters the key.',
    );
  };
  Object.assign(globalThis, { stageResolve: (name: string) => resolved[name] });
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

/** Which of Node's own modules there are does not change with what a stage makes of `isBuiltin`. */
const { isBuiltin, registerHooks } = builtin('node:module') as unknown as typeof import('node:module');

const closeGlobals = (): void => {
  Object.assign(globalThis, {
    fetch: async () => socketRefused(),
    WebSocket: socketRefused,
    EventSource: socketRefused,
    // What stands in a bundle for the schema of a definition's parameters: see without-schemas.ts.
    stageSchema: () => absentSchema,
    // CommonJS of packages asks for Node's own modules by name, and for nothing else.
    require: (name: string) => {
      if (isBuiltin(name)) return openBuiltin(name);
      throw refuse(
        'UntraceableImport',
        `a package imports '${name}' as it runs.`,
        'a key that is complete before the run needs every import by name.',
      );
    },
  });
  Object.assign(process, {
    getBuiltinModule: (name: string) => (isBuiltin(name) ? openBuiltin(name) : undefined),
  });
};

/**
 * What stands beside this file is hashed, and Node's own modules are; any other import, which a text may make that is
 * code only as it runs, would tell by its failure which packages and files there are.
 */
const holdImports = (): void => {
  const beside = new URL('.', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      const isBeside = (begins(specifier, './') || begins(specifier, beside)) && !holds(specifier, '..');
      if (isBuiltin(specifier)) openBuiltin(specifier);
      else if (!isBeside && !begins(specifier, 'data:')) throw importRefused(specifier);
      return next(specifier, context);
    },
  });
};

// What `process.kill` calls, which is closed by then.
const { pid, _kill } = process as typeof process & { readonly _kill: (pid: number, signal: number) => void };
const { SIGKILL } = os.constants.signals;

/**
 * That all is written is a process's last word: it ends on the spot. Until the runner has read it and ends the process,
 * listeners of its exit, timers and threads would go on, and write into outputs that are taken.
 */
const tellToEnd = (message: StageMessage): void => {
  tell(message);
  if (message.type === 'done') _kill(pid, SIGKILL);
};

/** The main thread asks for all of them whether anybody listens, who alone would store what this process computes. */
const endUnheard = (): void => {
  setInterval(() => {
    if (!isHeard()) exit(1);
  }, 500).unref();
};
const { exit } = process;

const manifest = JSON.parse(
  fs.readFileSync(new URL(import.meta.url).searchParams.get('manifest') ?? '', 'utf8'),
) as LauncherManifest;
if (process.execArgv.includes(otherwiseFlag)) liveOtherwise();
else putOffSeed(stageGiven.chanceSeed);
Error.stackTraceLimit = stageGiven.stackTraceLimit;
// Where this file lies, and how the process was started.
process.execArgv = [...stageGiven.execArgv];
watchFiles();
closeProcess();
closeSystem();
holdAddons(manifest);
closeBuiltins(manifest.builtins);
closeGlobals();
holdImports();
syncBuiltinESMExports();
// What a thread may not do is marked so: to ask node:worker_threads, a process's first thread would have to load it.
const isThread = (process.abort as { readonly disabled?: boolean }).disabled === true;
if (!isThread) {
  endUnheard();
  const stageHost: StageHost = { tell: tellToEnd };
  // The launcher takes it before any of the stage's code is there.
  Object.assign(globalThis, { stageHost });
}
