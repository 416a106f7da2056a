/** Nothing is read in secret: how refusals are told, and what of Node a stage has all the same. */
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const ok = "writeFileSync(context.outputs.result, '1');";

test('an undeclared read says which file, and how it would be declared', async () => {
  const stage = paper.stage({ name: 'reads', body: `readFileSync('/etc/hostname'); ${ok}` });
  expect(await rejectionText(paper.run(stage))).toBe(
    [
      'UndeclaredRead: a stage reads a file that it does not declare: /etc/hostname',
      `  ${paper.placeOf('reads', '5:1')}`,
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
  expect((await rejectionText(paper.run(below))).split('\n')[1]).toBe(`  ${paper.placeOf('below', '6:3')}`);
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
      `  ${paper.placeOf('checks', '9:21')}`,
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
