import { fork } from 'node:child_process';
import { once } from 'node:events';
import { execa } from 'execa';
import { expect, test } from 'vitest';
import { commands } from '../../src/cli/commands.ts';
import { commandHelp } from '../../src/cli/help-text.ts';
import { loadPaper, loadPaperModule } from '../../src/cli/load-paper.ts';
import { paperOptionsOf } from '../../src/cli/load-papers.ts';
import { paperIds } from '../../src/cli/paper-ids.ts';
import { stagesInOrder } from '../../src/engine/stage/pipeline.ts';

const paper = async (...args: readonly string[]): Promise<{ code: number | undefined; text: string }> => {
  const { exitCode, all } = await execa(process.execPath, ['scripts/paper.mjs', ...args], {
    all: true,
    reject: false,
  });
  return { code: exitCode, text: all.replaceAll(process.cwd(), '<root>').trim() };
};

/** Those of this project, whichever they are. */
const root = process.cwd();
const ids = paperIds(root);
const modules = await Promise.all(ids.map((id) => loadPaperModule(root, id)));
const ownOptions = await paperOptionsOf(root, {}, []);

test('an unknown flag is refused before anything runs, with the nearest one', async () => {
  expect(await paper('build', '--profil', 'quick')).toEqual({
    code: 1,
    text: [
      "UnknownFlag: there is no flag '--profil'.",
      `  expected --${['paper', 'profile', 'from-zero', 'backend', 'json', ...[...ownOptions.values()].flatMap(Object.keys)].join(', --')}`,
      "  hint: did you mean '--profile'?",
    ].join('\n'),
  });
});

test('an unknown backend is refused before anything runs, and published runs know no such flag', async () => {
  expect(await paper('status', '--backend', 'java')).toEqual({
    code: 1,
    text: [
      "UnknownBackend: there is no backend 'java'.",
      '  expected one of native, js',
      '  hint: none is called like it: there are native, js.',
    ].join('\n'),
  });
  expect((await paper('train', '--backend', 'js')).text).toContain(
    "UnknownFlag: there is no flag '--backend'.",
  );
});

test('an unknown profile is refused with the nearest one', async () => {
  const { code, text } = await paper('results', '--profile', 'quik');
  expect(code).toBe(1);
  expect(text).toContain(
    [
      `UnknownProfile: ${ids.join(' and ')} ${ids.length === 1 ? 'has' : 'have'} no profile 'quik'.`,
      `  expected one of ${[...new Set(modules.flatMap(({ profiles }) => profiles))].join(', ')}`,
      "  hint: did you mean 'quick'?",
    ].join('\n'),
  );
});

test('an unknown command is refused with the nearest one', async () => {
  expect(await paper('biuld')).toEqual({
    code: 1,
    text: [
      "UnknownCommand: there is no command 'biuld'.",
      '  expected one of build, export, results, status, new, train, attest, audit, accept, check, why, diff, path, verify, gc, dev, preview',
      "  hint: did you mean 'build'?",
    ].join('\n'),
  });
});

test('a name that every object has is no command', async () => {
  expect(await paper('toString')).toEqual({
    code: 1,
    text: [
      "UnknownCommand: there is no command 'toString'.",
      '  expected one of build, export, results, status, new, train, attest, audit, accept, check, why, diff, path, verify, gc, dev, preview',
      '  hint: none is called like it: there are build, export, results, status, new, train, attest, audit, ….',
    ].join('\n'),
  });
});

test('words that a command does not take are refused', async () => {
  expect(await paper('preview', 'dist')).toEqual({
    code: 1,
    text: [
      "UnexpectedWord: 'preview' takes no words; 'dist' was given.",
      '  expected preview and its flags: --port, --help',
      '  hint: see `npm run paper -- preview --help`.',
    ].join('\n'),
  });
});

test('a flag without its value, and a value that a switch does not take, are refused', async () => {
  expect((await paper('status', '--profile')).text).toBe(
    [
      'FlagWithoutValue: --profile was given without a value.',
      '  --profile: a profile of the papers that have one of this name, or of one paper: <paper>=<profile>; the default ones unless given',
      '  hint: give one: `--profile <value>`.',
    ].join('\n'),
  );
  expect((await paper('status', '--profile', '--json')).text).toContain(
    'FlagWithoutValue: --profile was given without a value.',
  );
  expect((await paper('accept', '--all', 'a-claim')).text).toBe(
    [
      "FlagStandsAlone: --all and 'a-claim' cannot both be meant.",
      '  --all: every claim, instead of those that are named',
      '  hint: leave one out: `npm run paper -- accept --all`, or `npm run paper -- accept a-claim`.',
    ].join('\n'),
  );
  expect((await paper('accept', '--all=yes')).text).toBe(
    [
      'UnexpectedValue: --all takes no value.',
      '  --all: every claim, instead of those that are named',
      '  hint: write `--all` alone.',
    ].join('\n'),
  );
});

test('a port that is no number is refused', async () => {
  expect(await paper('preview', '--port', 'abc')).toEqual({
    code: 1,
    text: [
      "BadPort: 'abc' is no port.",
      "  expected a whole number from 0 to 65535; received 'abc'",
      '  hint: give one: `npm run preview -- --port 4322`.',
    ].join('\n'),
  });
});

test('every command has help with an example and its exit codes, without colours or paths', async () => {
  const [asked] = Object.keys(commands);
  const [whole, one] = [await paper('--help'), await paper(asked!, '--help')];
  expect([whole.code, one.code]).toEqual([0, 0]);
  const helps = Object.entries(commands).map(([name, command]) => commandHelp(name, command));
  expect(one.text).toContain(helps[0]!.split('\n').slice(0, 4).join('\n'));
  for (const text of [whole.text, one.text, ...helps]) {
    expect(text).toContain('130  interrupted');
    expect(text).not.toMatch(/src\/|<root>/);
    expect(text).not.toContain(String.fromCharCode(27));
  }
  for (const [at, name] of Object.keys(commands).entries()) {
    expect(helps[at]).toContain(`Example:\n  npm run paper -- ${name}`);
  }
});

test('with --json standard output is JSON alone', async () => {
  const { stdout, stderr } = await execa(process.execPath, ['scripts/paper.mjs', 'status', '--json']);
  const told = JSON.parse(stdout) as { paper: string; profile: string; stages: unknown[] }[];
  expect(told.map((one) => [one.paper, one.profile])).toEqual(
    modules.map(({ defaultProfile }, at) => [ids[at], defaultProfile]),
  );
  for (const one of told) {
    expect(one.stages.length).toBeGreaterThan(1);
    expect(stderr).toContain(`${one.paper}, profile ${one.profile}`);
  }
});

test('accepting nothing is refused before anything runs', async () => {
  expect(await paper('accept')).toEqual({
    code: 1,
    text: [
      'NothingToAccept: no claim was named.',
      '  hint: name claims, or all of them: `npm run paper -- accept --all`.',
    ].join('\n'),
  });
  // What is pasted accepts for no other paper.
  expect((await paper('accept', '--paper', 'guide')).text).toContain(
    '`npm run paper -- accept --all --paper guide`',
  );
});

test('attest wants to be told what, and a profile without published runs has none to name', async () => {
  expect(await paper('attest')).toEqual({
    code: 1,
    text: [
      'NothingNamed: attest needs the name of a published stage.',
      '  hint: give one: `npm run paper -- attest <stage>`; `npm run paper -- status` lists them.',
    ].join('\n'),
  });
  expect(await paper('train', '--profile', 'quick', 'a-run')).toEqual({
    code: 1,
    text: [
      'NothingPublished: no stage of these papers and profiles is published.',
      '  hint: name a profile whose runs are, by `--profile`; `npm run paper -- status` tells which stages are published.',
    ].join('\n'),
  });
});

test('status lists every stage of the papers that are asked for, in data order', async () => {
  const id = ids.at(-1)!;
  const { code, text } = await paper('status', '--paper', id);
  expect(code).toBe(0);
  const { pipeline } = await loadPaper(root, id, undefined);
  expect(text.split('\n').map((line) => line.trim().split(' ')[0])).toEqual([
    `${id},`,
    ...stagesInOrder(pipeline).map(({ name }) => name),
  ]);
});

test("help lists each paper's own options, and of the papers asked for alone", async () => {
  const { text } = await paper('build', '--help');
  for (const [id, options] of ownOptions) {
    const [[name, { description }]] = Object.entries(options) as [[string, { description: string }]];
    expect(text).toContain(`Options of ${id}:\n  --${name} <${name}>  ${description}`);
    const other = ids.find((one) => !ownOptions.has(one))!;
    expect((await paper('build', '--paper', other, '--help')).text).not.toContain(`--${name}`);
    expect((await paper('build', '--paper', other, `--${name}`, 'x')).text).toContain(
      `UnknownFlag: there is no flag '--${name}'.`,
    );
  }
});

test('who reads no more of what is said stops nothing, and sees no stack', async () => {
  const { stderr } = await execa('sh', ['-c', 'node scripts/paper.mjs status | head -1; sleep 1'], {
    cwd: root,
  });
  expect(stderr).not.toContain('EPIPE');
});

test('whatever ends a computation that a server started is told to it', async () => {
  const child = fork('src/cli/paper.ts', ['results', '--paper', 'no-such-paper'], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'advanced',
  });
  const [message] = (await once(child, 'message')) as [{ readonly failed: object }];
  expect(message.failed).toMatchObject({ name: 'UnknownPaper' });
});
