/** What a stage does not declare is refused by name, also when the stage swallows the refusal. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const ok = "writeFileSync(context.outputs.result, '1');";

/** What tells of the machine, the user or the load: a module -> the functions by which it does. */
const asked: Readonly<Record<string, readonly string[]>> = {
  process: [
    ...['availableMemory', 'constrainedMemory', 'memoryUsage', 'resourceUsage', 'cpuUsage', 'threadCpuUsage'],
    ...['uptime', 'getuid', 'geteuid', 'getgid', 'getegid', 'getgroups', 'umask'],
  ],
  os: [
    ...[
      'availableParallelism',
      'freemem',
      'getPriority',
      'setPriority',
      'loadavg',
      'release',
      'totalmem',
      'uptime',
      'version',
    ],
  ],
  v8: [
    ...['cachedDataVersionTag', 'getHeapStatistics', 'getHeapSpaceStatistics', 'getHeapCodeStatistics'],
    ...['getCppHeapStatistics', 'getHeapSnapshot', 'writeHeapSnapshot', 'queryObjects'],
  ],
};

type Undeclared = readonly [body: string, name: string, about: string];

const ofMachine: Readonly<Record<string, Undeclared>> = Object.fromEntries([
  ...Object.entries(asked).flatMap(([module, names]) =>
    names.map((name) => [
      `${module}.${name}`,
      [
        `process.getBuiltinModule('node:${module}').${name}();`,
        'UndeclaredRead',
        `a stage asks for ${module}.${name}, which differs from machine to machine`,
      ],
    ]),
  ),
  ...['pid', 'ppid', 'execPath', 'config'].map((name) => [
    `process.${name}`,
    [`void process.${name};`, 'UndeclaredRead', `a stage asks for process.${name}, which differs`],
  ]),
]);

/** By what a stage would leave what holds it: as the refusal calls it -> how a stage would do so. */
const leaving: Readonly<Record<string, string>> = {
  'process.kill': 'process.kill(1, 0);',
  'process._kill': 'process._kill(1, 0);',
  'process.chdir': "process.chdir('/');",
  'process.setuid': 'process.setuid(0);',
  'process.binding': "process.binding('os');",
  'wasi.WASI': "new (await import('node:wasi')).WASI({ version: 'preview1', preopens: { '/': '/' } });",
  'inspector.Session.connect': "new (await import('node:inspector')).Session().connect();",
  'cluster.fork': "(await import('node:cluster')).default.fork();",
  'trace_events.createTracing':
    "(await import('node:trace_events')).createTracing({ categories: ['node'] }).enable();",
  'module.findPackageJSON': "(await import('node:module')).findPackageJSON('zod', import.meta.url);",
  'vm.runInNewContext': "(await import('node:vm')).runInNewContext('new Date()');",
  'vm.createContext': "(await import('node:vm')).createContext({});",
  'vm.Script.runInNewContext': "new (await import('node:vm')).Script('new Date()').runInNewContext();",
  'http.OutgoingMessage._storeHeader':
    "new (await import('node:http')).ServerResponse({ method: 'GET' }).writeHead(200);",
  'module.register': "(await import('node:module')).register('data:text/javascript,');",
};

const undeclared: Readonly<Record<string, Undeclared>> = {
  ...ofMachine,
  ...Object.fromEntries(
    Object.entries(leaving).map(([what, body]) => [
      what,
      [body, 'BuiltinRefused', `a stage uses ${what}, by which it would leave`],
    ]),
  ),
  'a part of what is closed': ['process.memoryUsage.rss();', 'UndeclaredRead', 'process.memoryUsage'],
  'what takes profiles of collected garbage': [
    "new (await import('node:v8')).GCProfiler();",
    'UndeclaredRead',
    'v8.GCProfiler',
  ],
  'where a link leads': ["fs.realpathSync.native('/etc/hostname');", 'UndeclaredRead', '/etc/hostname'],
  'a link to a file elsewhere': [
    "fs.symlinkSync('/etc/hostname', context.scratch + '/link');",
    'UndeclaredWrite',
    'scratch/link',
  ],
  'an addon': ["process.dlopen({ exports: {} }, '/etc/x.node');", 'UndeclaredRead', '/etc/x.node'],
  'a report on its process that it writes': [
    "process.report.writeReport(context.scratch + '/report.json');",
    'UndeclaredRead',
    'a report on its process',
  ],
  'the room on a disk': ['fs.statfsSync(context.scratch);', 'UndeclaredRead', 'fs.statfsSync'],
  'the limits of a thread': [
    "Object.keys((await import('node:worker_threads')).resourceLimits);",
    'UndeclaredRead',
    'worker_threads.resourceLimits',
  ],
  'the name servers': ["(await import('node:dns')).getServers();", 'UndeclaredRead', 'dns.getServers'],
  'the environment in a file': ["process.loadEnvFile('/etc/hostname');", 'UndeclaredRead', '/etc/hostname'],
  'an import by another name': [
    "const node = process.getBuiltinModule('module'); node['create' + 'Require']('/etc/')('/etc/hostname');",
    'UntraceableImport',
    "a stage's code imports '/etc/hostname' as it runs",
  ],
  // As packages ask for what need not be installed: code that is a text until it runs.
  'whether a package is installed': [
    "await new Function('name', 'return import(name)')('no-such-package');",
    'UntraceableImport',
    "a stage's code imports 'no-such-package' as it runs",
  ],
  'whether a module stands somewhere': [
    "await new Function('name', 'return import(name)')('../../no-such-module.mjs');",
    'UntraceableImport',
    "a stage's code imports '../../no-such-module.mjs' as it runs",
  ],
  "a module of Node's own, by a computed name": [
    "(await new Function('name', 'return import(name)')(['node:v', '8'].join(''))).getHeapStatistics();",
    'UntraceableImport',
    "a stage's code imports 'node:v8' as it runs",
  ],
  'an absolute path': ["readFileSync('/etc/hostname');", 'UndeclaredRead', '/etc/hostname'],
  'a file of the project': ["readFileSync('package.json');", 'UndeclaredRead', 'package.json'],
  'whether a file exists': ["existsSync('/etc/hostname');", 'UndeclaredRead', '/etc/hostname'],
  'the size of a file': ["fs.statSync('/etc/hostname');", 'UndeclaredRead', '/etc/hostname'],
  'the names in a folder': ["fs.readdirSync('/etc');", 'UndeclaredRead', '/etc'],
  'a file by a promise': ["await fs.promises.readFile('/etc/hostname');", 'UndeclaredRead', '/etc/hostname'],
  'a file by the module of promises': [
    "await (await import('node:fs/promises')).readFile('/etc/hostname');",
    'UndeclaredRead',
    '/etc/hostname',
  ],
  'the times of a file that it holds open': [
    "await (await fs.promises.open(context.outputs.result, 'w')).utimes(0, 0);",
    'Undeclared',
    'a stage does what it may not: utimes',
  ],
  'a file by a callback': [
    "await new Promise((done, fail) => fs.readFile('/etc/hostname', (error) => (error ? fail(error) : done())));",
    'UndeclaredRead',
    '/etc/hostname',
  ],
  'a file by a stream': [
    "await new Promise((done, fail) => fs.createReadStream('/etc/hostname').on('error', fail).on('end', done).resume());",
    'UndeclaredRead',
    '/etc/hostname',
  ],
  'a worker from a text': [
    "const { Worker } = await import('node:worker_threads'); new Worker('1', { eval: true });",
    'WorkerRefused',
    'a stage starts a worker from a text',
  ],
  "a worker by the class of another one's": [
    "const { Worker } = await import('node:worker_threads'); new (Object.getPrototypeOf(Worker.prototype.constructor.bind()).constructor === Function ? Worker.prototype.constructor : Worker)('1', { eval: true });",
    'WorkerRefused',
    'a stage starts a worker from a text',
  ],
  'a worker that becomes one of a text as it is looked at': [
    "const { Worker } = await import('node:worker_threads'); let at = 0; new Worker('1', { get eval() { return at++ < 1; } });",
    'WorkerRefused',
    'a stage starts a worker from a text',
  ],
  'a worker from an address that holds its code': [
    "const { Worker } = await import('node:worker_threads'); new Worker(new URL('data:text/javascript,1'));",
    'WorkerRefused',
    'a stage starts a worker from a text',
  ],
  'a name server': [
    "const dns = await import('node:dns'); await new dns.promises.Resolver().resolve4('localhost');",
    'SocketRefused',
    'a stage opens a connection',
  ],
  'a report on its process': ['process.report.getReport();', 'UndeclaredRead', 'a report on its process'],
  'the processors': ["(await import('node:os')).cpus();", 'UndeclaredRead', 'os.cpus'],
  'the number of processors': [
    'void navigator.hardwareConcurrency;',
    'UndeclaredRead',
    'the number of processors',
  ],
  'the home folder': ["(await import('node:os')).homedir();", 'UndeclaredRead', 'the home folder'],
  "the machine's name": ["(await import('node:os')).hostname();", 'UndeclaredRead', "the machine's name"],
  'a file that it writes elsewhere': [
    "writeFileSync('/tmp/left-behind', '');",
    'UndeclaredWrite',
    '/tmp/left-behind',
  ],
  'another program': [
    "(await import('node:child_process')).execFileSync('ls');",
    'ChildProcessRefused',
    'a stage starts another program',
  ],
  'a connection': [
    "await new Promise((done, fail) => import('node:net').then(({ connect }) => connect(9, '127.0.0.1').on('error', fail).on('connect', done)).catch(fail));",
    'SocketRefused',
    'a stage opens a connection',
  ],
  "a connection by a module of Node's own that is named as it runs": [
    "(await new Function('name', 'return import(name)')(['node:n', 'et'].join(''))).createServer().listen(0);",
    'UntraceableImport',
    "a stage's code imports 'node:net' as it runs",
  ],
  'a database by a name that is computed': [
    "new (process.getBuiltinModule(['node:sql', 'ite'].join('')).DatabaseSync)('/etc/x');",
    'UntraceableImport',
    "a stage's code imports 'node:sqlite' as it runs",
  ],
  'a connection by the handle below a socket': [
    "(await import('node:net'))._createServerHandle('127.0.0.1', 0, 4);",
    'SocketRefused',
    'a stage opens a connection',
  ],
  'the same by an inner module of http': [
    "const agent = await import('node:' + 'http'); new (process.getBuiltinModule('_http_agent').Agent)().createConnection({ port: 9, host: '127.0.0.1' });",
    'SocketRefused',
    'a stage opens a connection',
  ],
  'the same by what terminals are made of': [
    "const tty = await import('node:tty'); new (Object.getPrototypeOf(tty.ReadStream))({ fd: 1 }).connect(9);",
    'SocketRefused',
    'a stage opens a connection',
  ],
  'hooks that answer before those that hold a stage': [
    "(await import('node:module')).registerHooks({ resolve: () => ({ url: 'node:net', shortCircuit: true }) });",
    'BuiltinRefused',
    'a stage uses module.registerHooks',
  ],
  'the number of processors, from where all have it': [
    "Object.getOwnPropertyDescriptor(Navigator.prototype, 'hardwareConcurrency').get.call(navigator);",
    'UndeclaredRead',
    'the number of processors',
  ],
  'the memory of all contexts': [
    "await (await import('node:vm')).measureMemory();",
    'BuiltinRefused',
    'vm.measureMemory',
  ],
  'changes in a folder': [
    "for await (const change of fs.promises.watch('/etc')) break;",
    'UndeclaredRead',
    '/etc',
  ],
  'names by a pattern': ["fs.globSync('/etc/host*');", 'BuiltinRefused', 'a stage uses fs.globSync'],
  'the same by a server': [
    "new (await import('node:net')).Server()._listen2('127.0.0.1', 0, 4, 1);",
    'SocketRefused',
    'a stage opens a connection',
  ],
  'a message to a group': [
    "(await import('node:dgram')).createSocket('udp4').addMembership('224.0.0.114');",
    'SocketRefused',
    'a stage opens a connection',
  ],
  'another program by what starts it': [
    "new (await import('node:child_process')).ChildProcess().spawn({ file: '/bin/ls', args: ['ls'] });",
    'ChildProcessRefused',
    'a stage starts another program',
  ],
  'a fork': [
    "(await import('node:child_process')).fork('/tmp/x.mjs');",
    'ChildProcessRefused',
    'a stage starts another program',
  ],
  'an answer by http': [
    "await fetch('http://127.0.0.1:8999/');",
    'SocketRefused',
    'a stage opens a connection',
  ],
};

test.for(Object.entries(undeclared))(
  '%s is refused by name, and so is a swallowed refusal',
  async ([what, [body, name, about]]) => {
    const preamble = "import fs from 'node:fs';\n";
    const open = paper.stage({ name: 'open', preamble, body: `${body}\n${ok}` });
    const text = await rejectionText(paper.run(open));
    expect(text.split('\n')[0]).toMatch(new RegExp(`^${name}: `));
    expect(text).toContain(about);
    expect(text).toMatch(/\n {2}in stage 'open'\n {2}hint: /);
    // A stream's and a worker's refusal arrive as their errors alone.
    if (/stream|worker/.test(what)) return;
    const swallowed = paper.stage({ name: 'swallowed', preamble, body: `try { ${body} } catch {}\n${ok}` });
    expect((await rejectionText(paper.run(swallowed))).split('\n')[0]).toMatch(new RegExp(`^${name}: `));
  },
);
