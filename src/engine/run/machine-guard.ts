/**
 * What Node tells of the machine, the user or the load, and what its permission model refuses without a name or lets
 * through, refused before a stage's program starts. Clocks stay, which `verify` finds, and so does what packages ask for to
 * find their way: platform, architecture, versions and paths. Like the flags of the permission model it decides what a run
 * may do and nothing of what it computes, so that it is in no key.
 */
import fs from 'node:fs';
import { isBuiltin, registerHooks, syncBuiltinESMExports } from 'node:module';
import os from 'node:os';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { liveOtherwise, otherwiseFlag } from './live-otherwise.ts';
import { doors, importRefused } from './module-doors.ts';
import { putOffSeed, putOffStreams } from './put-off.ts';
import { close, forbid, type Members } from './replace-members.ts';
import { closeDoors, machineRefused, refuse, tellAtOnce, watched } from './stage-guard.ts';
import type { LauncherManifest } from './stage-protocol.ts';

const { getBuiltinModule } = process;
const builtin = (name: string): Members => getBuiltinModule.call(process, name) as unknown as Members;

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
  // Where Node lies: the runner gives it a name, and Node puts its path here.
  process.argv[0] = process.argv0;
  process.report.writeReport = machineRefused('a report on its process');
  forbid(process, 'process', ofOthers);
  const { execve, loadEnvFile } = process;
  Object.assign(process, {
    loadEnvFile: watched(loadEnvFile),
    ...(execve ? { execve: watched(execve) } : {}),
  });
};

/** The launcher says which addons are declared; what it refuses is remembered here, also where a stage swallows it. */
const holdAddons = (): void => {
  let load: unknown = process.dlopen;
  Object.defineProperty(process, 'dlopen', {
    get: () => load,
    set: (declaredOnly: typeof process.dlopen) => {
      load = (...of: Parameters<typeof process.dlopen>): void => {
        try {
          declaredOnly(...of);
        } catch (error) {
          const { name, message, hint } = error as Error & { readonly hint?: string };
          throw hint === undefined ? error : refuse(name, message, hint);
        }
      };
    },
  });
};

const linkRefused = (_target: unknown, path: unknown): never => {
  throw refuse(
    'UndeclaredWrite',
    `a stage makes a symbolic link, by which it would reach what it does not declare: ${path}`,
    'copy the file, or link it with `linkSync`.',
  );
};

const closeLinks = (): void => {
  Object.assign(fs, { symlink: linkRefused, symlinkSync: linkRefused });
  Object.assign(fs.promises, { symlink: linkRefused });
  for (const resolve of [fs.realpath, fs.realpathSync]) resolve.native = watched(resolve.native) as never;
};

// What `process.kill` calls, which is closed by then.
const { pid, _kill } = process as typeof process & { readonly _kill: (pid: number, signal: number) => void };
const allWritten = `${JSON.stringify({ type: 'done' })}\n`;

/**
 * That all is written is a process's last word: it ends on the spot. Until the runner has read it and ends the process,
 * listeners of its exit, timers and threads would go on, and write into outputs that are taken.
 */
const endWhenWritten = (): void => {
  const { writeSync } = fs;
  const writing = (...[file, data, ...rest]: Parameters<typeof writeSync>): number => {
    const length = writeSync(file, data, ...rest);
    if (file === 3 && String(data) === allWritten) _kill(pid, os.constants.signals.SIGKILL);
    return length;
  };
  Object.assign(fs, { writeSync: writing });
};

const closed = new Set<string>();

const open = (name: string): Members => {
  const module = builtin(name);
  const known = name.replace(/^node:/, '').replace('/promises', '');
  const door = Object.hasOwn(doors, known) ? doors[known] : undefined;
  if (!door || closed.has(known)) return module;
  closed.add(known);
  // Some are known with their prefix alone.
  door(builtin(`node:${known}`));
  syncBuiltinESMExports();
  return module;
};

/** Whoever closes more of Node's modules takes the place of `open`: the launcher, once, and no stage. */
const holdBuiltins = (): void => {
  let closing: unknown;
  Object.defineProperty(process, 'getBuiltinModule', {
    get: () => closing ?? open,
    set: (one: unknown) => {
      closing ??= one;
    },
  });
};

/** A thread has no launcher: what that closes, and names, for a process's first thread. */
const asLauncher = (builtins: readonly string[], manifest: string): void => {
  closeDoors(builtins);
  const { resolved } = JSON.parse(fs.readFileSync(manifest, 'utf8')) as LauncherManifest;
  const addons = Object.values(resolved).map((url) => fileURLToPath(url));
  const dlopen = process.dlopen.bind(process);
  process.dlopen = (module, file, ...flags) => {
    if (addons.includes(file)) return dlopen(module, file, ...flags);
    throw Object.assign(new Error(`a stage loads an addon that it does not declare: ${file}`), {
      name: 'UndeclaredRead',
      hint: 'name it by import.meta.resolve of a literal, so that it enters the key.',
    });
  };
  Object.assign(globalThis, { stageResolve: (name: string) => resolved[name] });
};

/**
 * What stands beside this file is hashed, and Node's own modules are; any other import, which a text may make that is
 * code only as it runs, would tell by its failure which packages and files there are.
 */
const holdImports = (): void => {
  const beside = new URL('.', import.meta.url).href;
  registerHooks({
    resolve: (specifier, context, next) => {
      const isAddress = /^(?:file:|\.{0,2}\/)/.test(specifier);
      const isBeside = isAddress && URL.parse(specifier, context.parentURL)?.href.startsWith(beside);
      if (isBuiltin(specifier)) process.getBuiltinModule(specifier);
      else if (!isBeside && !specifier.startsWith('data:')) throw importRefused(specifier);
      return next(specifier, context);
    },
  });
};

tellAtOnce();
putOffStreams();
if (process.execArgv.includes(otherwiseFlag)) liveOtherwise();
else putOffSeed(1);
closeProcess();
holdAddons();
holdImports();
closeLinks();
endWhenWritten();
close(os, 'os', ['getPriority', 'setPriority']);
// The room on a disk.
close(fs, 'fs', ['statfs', 'statfsSync']);
close(fs.promises, 'fs.promises', ['statfs']);
holdBuiltins();
syncBuiltinESMExports();
const given = new URL(import.meta.url).searchParams;
const named = (given.get('builtins') ?? '').split(' ').filter((name) => name !== '');
for (const name of named) open(name);
// What a thread may not do is marked so: to ask node:worker_threads, a process's first thread would have to load it.
const isThread = (process.abort as { readonly disabled?: boolean }).disabled === true;
if (isThread) asLauncher(named, given.get('manifest') ?? '');
// An empty line is no message: it tells whether anybody listens, now that nothing tells whose child this is.
const listening = setInterval(() => {
  // The main thread asks for all of them. Asked this late, a short stage need not load what tells.
  if (builtin('node:worker_threads')['isMainThread'] !== true) return clearInterval(listening);
  try {
    fs.writeSync(3, '\n');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EAGAIN') process.exit(1);
  }
}, 500).unref();
