/** The guide's page: each command that it shows runs, and each error that it shows is what an author meets. */
import { appendFileSync, cpSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildSite } from '../../../src/cli/build-site.ts';
import { check } from '../../../src/cli/check.ts';
import { type Command, readWords } from '../../../src/cli/command.ts';
import { commands } from '../../../src/cli/commands.ts';
import { newPaper } from '../../../src/cli/new-paper.ts';
import { formatError, PaperError } from '../../../src/engine/stage/index.ts';
import { readReported } from '../../../src/results/reported.ts';
import { rejectionText } from '../../../tests/error-text.ts';
import { createTinyProject } from '../../../tests/pipeline/tiny-project.ts';

const repository = join(import.meta.dirname, '../../..');
const guide = join(repository, 'content/guide');
const page = readFileSync(join(guide, 'index.mdx'), 'utf8');
const project = createTinyProject(3);
const { root } = project;

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
  for (const side of ['content', 'experiments']) {
    rmSync(join(root, side), { recursive: true });
    cpSync(join(repository, side, 'guide'), join(root, side, 'guide'), { recursive: true });
  }
  cpSync(join(repository, 'templates'), join(root, 'templates'), { recursive: true });
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});

/** Blocks between fences, by their language. */
const fences = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  lines: text.trimEnd().split('\n'),
}));

test('what is no command is shown from the file where it stands', () => {
  expect(fences.length).toBeGreaterThan(3);
  expect(fences.filter(({ language }) => language !== 'sh')).toEqual([]);
});

test('what an original would report is of the form that is read', () => {
  const file = join(import.meta.dirname, 'an-original.json');
  const { tables, statements } = readReported(readFileSync(file, 'utf8'), file);
  expect([Object.keys(tables), statements.length]).toEqual([['longest-runs'], 1]);
});

/** `npm run new -- x` is `npm run paper -- new x`. @throws as the command line does */
const run = async (line: string): Promise<void> => {
  const words = line.split(' ').filter((word) => word !== '--');
  const [npm, verb, name = '', ...received] = words[2] === 'paper' ? words.toSpliced(2, 1) : words;
  expect([npm, verb, Object.keys(commands).includes(name)], line).toEqual(['npm', 'run', true]);
  const command: Command = commands[name as keyof typeof commands];
  const { values, words: given } = readWords(name, command, received);
  // It serves until it is ended.
  if (name !== 'dev') await command.run(root, values, given);
};

/** A paper that has just been written, and one edit of it. */
const edited = (id: string, file: string, edit: (text: string) => string): void => {
  newPaper(root, {}, [id]);
  const text = project.read(file);
  expect(edit(text), file).not.toBe(text);
  project.write(file, edit(text));
};

const firstFinding = async (id: string, sentence: string): Promise<string> => {
  newPaper(root, {}, [id]);
  await buildSite(root, { paper: id });
  appendFileSync(join(root, `content/${id}/index.mdx`), `\n${sentence}\n`);
  const { findings } = await check(root, { paper: id });
  const { name, message, ...rest } = findings[0]!;
  return formatError(new PaperError(name, message, { ...rest, where: rest.where ?? undefined }));
};

const errors: Readonly<Record<string, (id: string) => Promise<string>>> = {
  'typed-digit': (id) => firstFinding(id, 'It gets 16 steps far.'),
  'unknown-value': (id) => firstFinding(id, 'It gets <Value of="distances.distance.lsat" /> steps far.'),
  'undeclared-read': (id) => {
    edited(id, `experiments/${id}/distances.ts`, (text) =>
      text
        .replace('import { z }', "import { readFileSync } from 'node:fs';\nimport { z }")
        .replace('outputs }) => {\n', "outputs }) => {\n    readFileSync('/etc/hosts');\n"),
    );
    return rejectionText(buildSite(root, { paper: id }));
  },
  'claim-flipped': (id) => {
    edited(id, `experiments/${id}/pipeline.ts`, (text) =>
      text.replace('persistence: 0.5', 'persistence: -0.5'),
    );
    return rejectionText(buildSite(root, { paper: id }));
  },
  'not-published': () => rejectionText(buildSite(root, { paper: 'guide', profile: 'long' })),
};

/** Keys differ between versions of Node and between machines; of seeds that run at once any may be the first to fail. */
const alike = (text: string): string =>
  text
    .trim()
    .replace(/\bkey [0-9a-f]+/g, 'key …')
    .replace(/in stage '([a-z]+)\.seed-\d'/, "in stage '$1.seed-1'");

// Before the commands, which make the run that is stale here.
test.each(Object.keys(errors))('%s', async (name) => {
  const id = `an-${name}`;
  const text = (await errors[name]!(id)).replaceAll(id, 'my-paper');
  expect(alike(text)).toBe(alike(readFileSync(join(guide, 'errors', `${name}.txt`), 'utf8')));
});

test('every command that the page shows runs, one after the other', async () => {
  for (const side of ['content', 'experiments']) {
    for (const id of readdirSync(join(root, side))) {
      if (id !== 'guide') rmSync(join(root, side, id), { recursive: true });
    }
  }
  for (const line of fences.flatMap(({ lines }) => lines)) {
    await run(line).catch((error: unknown) => {
      throw new Error(line, { cause: error });
    });
    expect(process.exitCode, line).toBeUndefined();
    const [, paper] = /^npm run build .*--paper (\S+)/.exec(line) ?? [];
    if (paper) expect(project.read(`dist/${paper}/index.html`), line).toMatch(/data-verdict="holds"/);
  }
});

test('no other error is shown', () => {
  const files = Object.keys(errors).map((name) => `${name}.txt`);
  expect(readdirSync(join(guide, 'errors')).toSorted()).toEqual(files.toSorted());
});
