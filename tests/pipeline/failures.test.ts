import {
  appendFileSync,
  chmodSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { nameOfProcess } from '../../src/engine/run/process-identity.ts';
import { childFile } from '../../src/engine/run/stage-process.ts';
import { formatError, PaperError } from '../../src/engine/stage/paper-error.ts';
import { validateResults } from '../../src/results/read-results.ts';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const ok = "writeFileSync(context.outputs.result, '1');";

/** The whole text that a person would read, without the folders of this run. */
const textOf = async (work: Promise<unknown>): Promise<string> => {
  const error = await work.then(
    () => new Error('nothing was thrown'),
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof PaperError)) throw error;
  return formatError(error)
    .replaceAll(relative(process.cwd(), paper.folder), '<paper>')
    .replaceAll(process.cwd(), '<root>');
};

const filesBelow = (folder: string): readonly string[] =>
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => join(folder, name))
    .filter((path) => statSync(path).isFile());

test('a damaged output in the store is reported, made again and then used', async () => {
  const stage = paper.stage({ name: 'kept', body: ok });
  await paper.run(stage);
  for (const file of filesBelow(join(paper.folder, 'store', 'objects'))) {
    chmodSync(file, 0o644);
    if (readFileSync(file, 'utf8') === '1') writeFileSync(file, '2');
  }
  const healed = await paper.run(stage);
  expect(ranIn(healed)).toEqual(['kept']);
  expect(paper.said.join('\n')).toMatch(/kept: its stored outputs are damaged \(.+\); it is made again/);
  expect(await paper.output(healed, 'kept')).toBe('1');
  expect(ranIn(await paper.run(stage))).toEqual([]);
});

/**
 * Ends a stage from outside, since none is told its own number: each time that a file of its name lies in its scratch.
 *
 * @param times how often: by `name-0`, `name-1`
 */
const endFromOutside = async (name: string, signal: NodeJS.Signals, times = 1): Promise<void> => {
  const runs = join('.paper', 'runs');
  for (let time = 0; time < times; time += 1) {
    const running = (): string | undefined =>
      existsSync(runs)
        ? readdirSync(runs).find(
            (run) => run.endsWith(`-${name}`) && existsSync(join(runs, run, 'scratch', `${name}-${time}`)),
          )
        : undefined;
    while (running() === undefined) await new Promise((next) => setTimeout(next, 10));
    process.kill(Number.parseInt(readFileSync(childFile(join(runs, running()!)), 'utf8'), 10), signal);
  }
};

const weighs = "import { weigh } from './weigh.ts';\n";
/** Comments and types do not run: places behind them are told as the author sees them. */
const faultyWeigh = `/** The weight of
 * a text. */
export const weigh = (text: string): number => text.length;
`;

const lists = "import { readdirSync, renameSync } from 'node:fs';";

/** In a stage: leaves the next file of a name, whole as soon as it is seen, and waits to be ended if it is one of the first. */
const waitToBeEnded = (name: string, times: number): string =>
  `const before = readdirSync(context.scratch).filter((file) => file.startsWith('${name}-')).length;
   writeFileSync(context.scratch + '/next', 'kept');
   renameSync(context.scratch + '/next', context.scratch + '/${name}-' + before);
   if (before < ${times}) await new Promise(() => setInterval(() => {}, 1000));`;

test('a killed stage is named, stores nothing, and goes on from its scratch folder', async () => {
  const stage = paper.stage({
    name: 'long',
    preamble: lists,
    body: `${waitToBeEnded('long', 1)}
      writeFileSync(context.outputs.result, JSON.stringify(readFileSync(context.scratch + '/long-0', 'utf8')));`,
  });
  const [text] = await Promise.all([textOf(paper.run(stage)), endFromOutside('long', 'SIGKILL')]);
  expect(text).toBe(
    [
      "StageKilled: stage 'long' was ended by SIGKILL.",
      '  <paper>/long.ts:4',
      '  its output is in <root>/.paper/logs/tiny/long.log',
      '  hint: the system ends a process so when memory runs out; run the same command again: a training goes on from its last checkpoint.',
    ].join('\n'),
  );
  const after = await paper.run(stage);
  expect(await paper.output(after, 'long')).toBe('"kept"');
  expect(existsSync(join('.paper', 'scratch', after.get('long')!.key))).toBe(false);
});

test('a stage whose process crashes is run once more, and no oftener', async () => {
  const once = paper.stage({ name: 'once', preamble: lists, body: `${waitToBeEnded('once', 1)} ${ok}` });
  const [finished] = await Promise.all([paper.run(once), endFromOutside('once', 'SIGSEGV')]);
  expect(ranIn(finished)).toEqual(['once']);
  const always = paper.stage({
    name: 'always',
    preamble: lists,
    body: `${waitToBeEnded('always', 2)} ${ok}`,
  });
  const [text] = await Promise.all([textOf(paper.run(always)), endFromOutside('always', 'SIGSEGV', 2)]);
  expect(text).toContain("StageKilled: stage 'always' was ended by SIGSEGV.");
  // What it kept is there for the run after it, and gone once that has ended well.
  expect(ranIn(await paper.run(always))).toEqual(['always']);
});

test('a failure is told, not the end of the stages that were stopped for it, whichever comes first in data order', async () => {
  const endless = paper.stage({
    name: 'endless',
    body: `await new Promise((resolve) => setTimeout(resolve, 60_000)); ${ok}`,
  });
  const refuses = paper.stage({
    name: 'refuses',
    // Only after the other runs: whoever starts both waits for this long at most.
    body: "await new Promise((resolve) => setTimeout(resolve, 1000)); throw new PaperError('TooLittle', 'there is too little of it.', { hint: 'give more.' });",
  });
  expect(await textOf(paper.run(endless, refuses))).toBe(
    [
      'TooLittle: there is too little of it.',
      '  <paper>/refuses.ts:5:66',
      "  in stage 'refuses'",
      '  hint: give more.',
    ].join('\n'),
  );
});

test("a stage's own error arrives whole, saying which stage it was", async () => {
  const stage = paper.stage({
    name: 'refuses',
    body: "throw new PaperError('TooLittle', 'there is too little of it.', { hint: 'give more.', details: ['expected 2; received 1'] });",
  });
  expect(await textOf(paper.run(stage))).toBe(
    [
      'TooLittle: there is too little of it.',
      '  <paper>/refuses.ts:5:7',
      '  expected 2; received 1',
      "  in stage 'refuses'",
      '  hint: give more.',
    ].join('\n'),
  );
});

test("a fault of a stage's code is told with its place, and its log has the stack in the author's files", async () => {
  const stage = paper.stage({ name: 'faulty', body: 'weigh(null);', preamble: weighs });
  paper.write('weigh.ts', faultyWeigh);
  expect(await textOf(paper.run(stage))).toBe(
    [
      "StageFailed: stage 'faulty' stopped with exit code 1.",
      '  <paper>/weigh.ts:3:53',
      "  TypeError: Cannot read properties of null (reading 'length')",
      "  its output, with the program's stack, is in <root>/.paper/logs/tiny/faulty.log",
      "  hint: this is a fault in the stage's code, not in what it was given; the log names the line.",
    ].join('\n'),
  );
  const log = readFileSync('.paper/logs/tiny/faulty.log', 'utf8');
  const below = relative(process.cwd(), paper.folder);
  expect([...log.matchAll(/[^\s(]+\.ts:\d+/g)].map(([place]) => place.replace(below, '<paper>'))).toEqual([
    '<paper>/weigh.ts:3',
    '<paper>/faulty.ts:6',
  ]);
});

test('a text that is thrown keeps its words', async () => {
  const stage = paper.stage({ name: 'faulty', body: "throw 'there is no weight';" });
  expect(await textOf(paper.run(stage))).toBe(
    [
      "StageFailed: stage 'faulty' stopped with exit code 1.",
      '  <paper>/faulty.ts:4',
      '  there is no weight',
      "  its output, with the program's stack, is in <root>/.paper/logs/tiny/faulty.log",
      "  hint: this is a fault in the stage's code, not in what it was given; the log names the line.",
    ].join('\n'),
  );
});

test('two papers with stages of one name have a log each', async () => {
  const stage = paper.stage({ name: 'faulty', body: "throw new Error('of the first');" });
  await textOf(paper.run(stage));
  const other = createTinyPaper(undefined, 'other');
  try {
    const second = other.stage({ name: 'faulty', body: "throw new Error('of the second');" });
    expect(await textOf(other.run(second))).toContain('.paper/logs/other/faulty.log');
  } finally {
    other.remove();
  }
  expect(readFileSync('.paper/logs/tiny/faulty.log', 'utf8')).toContain('of the first');
});

test('a stage that leaves out an output is named with the file that it should have written', async () => {
  expect(await textOf(paper.run(paper.stage({ name: 'forgets', body: '' })))).toBe(
    [
      "OutputMissing: stage 'forgets' ended well without writing its output 'result'.",
      '  <paper>/forgets.ts:4',
      '  expected the file forgets.json',
      "  hint: write it to `outputs.result`, or take it out of the stage's definition.",
    ].join('\n'),
  );
});

test('two stages of one name are refused', async () => {
  const stages = [paper.stage({ name: 'twin', body: ok }), { ...paper.stage({ name: 'twin', body: ok }) }];
  expect(await textOf(paper.run(...stages))).toBe(
    [
      "DuplicateStage: two stages of tiny are named 'twin'.",
      '  hint: a stage name is also its file and its id on the page: rename one in pipeline.ts.',
    ].join('\n'),
  );
});

test('parameters that a stage cannot use are named with what was expected', async () => {
  const stage = paper.stage({
    name: 'strict',
    body: ok,
    schema: z.strictObject({ scale: z.number().positive() }),
    params: { scale: -1 },
  });
  expect(await textOf(paper.run(stage))).toBe(
    [
      "BadParameters: stage 'strict' cannot use its parameter scale.",
      '  <paper>/strict.ts',
      '  scale: Too small: expected number to be >0; received -1',
      '  hint: give it another value where the stage is connected, or mend `params`, the schema of its definition.',
    ].join('\n'),
  );
});

test('a result that is none is told where its stage is defined', async () => {
  paper.become({
    checkResult: ({ name }, path) => validateResults(readFileSync(path, 'utf8'), `${name}.json`),
  });
  expect(await textOf(paper.run(paper.stage({ name: 'rowless', body: ok })))).toBe(
    [
      'BadResultFile: rowless.json is not a results file: the whole: Invalid input: expected object, received number.',
      '  <paper>/rowless.ts:4',
      '  in what it wrote: rowless.json:1:1',
      '  received 1',
      '  hint: see the stage that writes it: a result has an id of lower-case letters, digits and hyphens, and rows, each under a name of its own with every cell that its columns name.',
    ].join('\n'),
  );
});

test('an import that only run time can name is refused before anything runs', async () => {
  const stage = paper.stage({ name: 'dynamic', body: "await import(process.argv[9] ?? 'node:fs');" });
  expect(await textOf(paper.run(stage))).toMatch(/^UntraceableImport: /);
});

test('a computed import.meta.resolve is refused at its line', async () => {
  const stage = paper.stage({ name: 'resolving', body: 'import.meta.resolve(context.scratch);' });
  expect(await textOf(paper.run(stage))).toMatch(
    /^UntraceableImport: .*import\.meta\.resolve\(.*\n {2}<paper>\/resolving\.ts:5:\d+\n {2}expected import\(\)/,
  );
});

test('an import by a pattern is refused: which files it takes is only known when it runs', async () => {
  const stage = paper.stage({
    name: 'patterned',
    body: `const n = context.scratch;\nawait import(\`../paper-parts/\${n}.ts\`).catch(() => undefined);`,
  });
  expect(await textOf(paper.run(stage))).toMatch(
    /^UntraceableImport: .*\n {2}<paper>\/patterned\.ts:6:14\n {2}expected import\(\)/,
  );
});

test('an import whose failure is caught is refused where its file is not there', async () => {
  const stage = paper.stage({
    name: 'optional',
    body: "await import('./optional-file.ts').catch(() => undefined);",
  });
  expect(await textOf(paper.run(stage))).toMatch(
    /^StageCodeBroken: Could not resolve "\.\/optional-file\.ts"\n {2}<paper>\/optional\.ts:5:15\n {2}hint: /,
  );
});

test("words that are names of Node's modules, and comments on what is refused, refuse nothing", async () => {
  const stage = paper.stage({
    name: 'words',
    preamble: '// No createRequire() here.\n',
    body: "writeFileSync(context.outputs.result, JSON.stringify(['sqlite', 'net', 'cluster']));",
  });
  expect(await paper.output(await paper.run(stage), 'words')).toBe('["sqlite","net","cluster"]');
});

test('an input that is not given, or not read, is told before anything runs', async () => {
  const from = paper.stage({ name: 'from', body: ok });
  const reads = paper.stage({ name: 'reads', body: ok, inputs: { data: from } });
  const see = "  hint: see `stage('reads', …)` in pipeline.ts, and the inputs of its definition.";
  expect(await textOf(paper.run({ ...reads, inputs: {} }))).toBe(
    ["BadInputs: stage 'reads' is not given its input 'data'.", '  expected data; received none', see].join(
      '\n',
    ),
  );
  expect(await textOf(paper.run({ ...reads, inputs: { data: from, dat: from } }))).toBe(
    [
      "BadInputs: stage 'reads' does not read the input 'dat' that it is given.",
      '  expected data; received data, dat',
      see,
    ].join('\n'),
  );
});

test('code that does not parse is told with its place', async () => {
  const stage = paper.stage({ name: 'broken', body: 'const = 1;' });
  expect(await textOf(paper.run(stage))).toMatch(
    /^StageCodeBroken: .+\n {2}<paper>\/broken\.ts:5:\d+\n {2}hint: /,
  );
});

test('what a killed build left of a running stage is cleared by the next one', async () => {
  const left = join('.paper', 'runs', `${nameOfProcess().replace(/^\d+/, '999999999')}.1-long`);
  mkdirSync(left, { recursive: true });
  await paper.run(paper.stage({ name: 'tidy', body: ok }));
  expect(existsSync(left)).toBe(false);
});

test('nothing of a run is left when its pipeline ends, be it well or badly', async () => {
  const mine = (): readonly string[] =>
    readdirSync(join('.paper', 'runs')).filter((name) => name.startsWith(nameOfProcess()));
  const first = paper.stage({ name: 'first', body: ok });
  const second = paper.stage({ name: 'second', body: ok, inputs: { first } });
  await paper.run(second);
  expect(mine()).toEqual([]);
  const third = paper.stage({ name: 'third', body: `${ok} // again`, inputs: { second } });
  const broken = paper.stage({ name: 'broken', body: "throw new Error('no');", inputs: { third } });
  await textOf(paper.run(broken));
  expect(mine()).toEqual([]);
});

test('checkpoints of a stage that was stored before its build was killed are cleared by the next one', async () => {
  const stage = paper.stage({ name: 'stored', body: ok });
  const key = (await paper.run(stage)).get('stored')!.key;
  const left = join('.paper', 'scratch', key);
  mkdirSync(left, { recursive: true });
  writeFileSync(`${left}.ms`, '7');
  expect(ranIn(await paper.run(stage))).toEqual([]);
  expect([existsSync(left), existsSync(`${left}.ms`)]).toEqual([false, false]);
});

test('what was thrown is told whole and at its line, whatever was logged before it', async () => {
  const stage = paper.stage({
    name: 'logs',
    preamble: 'const inner = () => {\n  throw new Error("one\\n  two: }");\n};\n',
    body: "try { JSON.parse('{'); } catch (error) { console.error(error); }\nawait (async () => inner())();",
  });
  expect((await textOf(paper.run(stage))).split('\n').slice(1, 4)).toEqual([
    '  <paper>/logs.ts:5:9',
    '  Error: one',
    '    two: }',
  ]);
});

test('an error of a library that has a hint of another kind is a fault, and what is no number is no progress', async () => {
  const stage = paper.stage({
    name: 'library',
    body: "context.report({ done: Number.NaN, total: 0 });\nthrow Object.assign(new Error('of a library'), { hint: 7, details: { a: 1 } });",
  });
  expect((await textOf(paper.run(stage))).split('\n').slice(0, 3)).toEqual([
    "StageFailed: stage 'library' stopped with exit code 1.",
    '  <paper>/library.ts:6:21',
    '  Error: of a library',
  ]);
});

test('a file that is sought beside the code is named by what was meant', async () => {
  const stage = paper.stage({
    name: 'beside',
    preamble: "import { join } from 'node:path';\n",
    body: "readFileSync(join(import.meta.dirname, 'd.csv'));",
  });
  expect((await textOf(paper.run(stage))).split('\n').slice(0, 2)).toEqual([
    'UndeclaredRead: a stage reads a file that it does not declare: ./d.csv, beside its code',
    '  <paper>/beside.ts:6:1',
  ]);
});

test('where a refusal came up is not sought in sources that were broken since', async () => {
  const stage = paper.stage({
    name: 'edited',
    body: `await new Promise((done) => setTimeout(done, 600)); throw Object.assign(new Error('late'), { hint: 'wait', details: [] });`,
  });
  const text = textOf(paper.run(stage));
  await new Promise((done) => setTimeout(done, 400));
  appendFileSync(join(paper.folder, 'edited.ts'), '\nconst (');
  expect((await text).split('\n')[0]).toBe('Error: late');
});

test('what a stage writes to the channel of the runner is told, and never believed', async () => {
  const writes = (what: string) => `writeSync(3, ${JSON.stringify(what)}); ${ok}`;
  const texts: string[] = [];
  for (const what of ['no message\n', '{"type":"done"}\n', '7\n']) {
    const stage = paper.stage({
      name: 'chatty',
      body: writes(what),
      preamble: "import { writeSync } from 'node:fs';",
    });
    texts.push(await textOf(paper.run(stage)));
  }
  expect(texts[0]).toBe(
    [
      "BadStageMessage: stage 'chatty' wrote to the channel by which the runner hears of it.",
      '  <paper>/chatty.ts:4',
      '  expected nothing of its own; received "no message"',
      '  hint: write to a file that the stage opened, or report by `report`: the file descriptor three is taken.',
    ].join('\n'),
  );
  expect(texts.map((text) => text.split(':')[0])).toEqual(Array(3).fill('BadStageMessage'));
});

test.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, 40_000])(
  'a limit of %d minutes is no time to wait',
  async (limitMinutes) => {
    const stage = paper.stage({ name: 'limited', body: ok });
    const limited = { ...stage, code: { ...stage.code, limitMinutes } };
    expect(await textOf(paper.run(limited))).toBe(
      [
        "BadLimit: the limit of stage 'limited' is no time to wait.",
        `  expected minutes above 0, 34560 at most; received ${limitMinutes}`,
        '  hint: give `limitMinutes` in its definition as a number, for example limitMinutes: 90.',
      ].join('\n'),
    );
  },
);

test('a stage that was put together by hand has the names of any other', async () => {
  const stage = paper.stage({ name: 'plain', body: ok });
  expect(await textOf(paper.run({ ...stage, name: '../outside' }))).toContain(
    "BadStageName: stage '../outside' has a name that cannot be used",
  );
});
