/** A paper written from a template builds at once, its page says what was computed, and no check finds fault with it. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { buildSite } from '../../src/cli/build-site.ts';
import { check } from '../../src/cli/check.ts';
import { newPaper } from '../../src/cli/new-paper.ts';
import { errorText } from '../error-text.ts';
import { createTinyProject } from './tiny-project.ts';

const project = createTinyProject(3);
const { root } = project;
for (const side of ['content', 'experiments']) rmSync(join(root, side), { recursive: true });
project.write('tsconfig.json', JSON.stringify({ extends: join(import.meta.dirname, '../../tsconfig.json') }));

beforeAll(() => {
  vi.spyOn(console, 'log').mockImplementation(() => {});
});
afterEach(() => {
  process.exitCode = undefined;
});
afterAll(() => {
  vi.restoreAllMocks();
  project.remove();
});

const templates = readdirSync(join(import.meta.dirname, '../../templates'));

test.each(templates)('%s', async (template) => {
  const id = `of-${template}`;
  expect(newPaper(root, { template }, [id])).toEqual({
    paper: id,
    template,
    folders: [`content/${id}`, `experiments/${id}`],
  });
  for (const side of ['content', 'experiments']) {
    for (const file of readdirSync(join(root, side, id), { recursive: true, withFileTypes: true })) {
      if (!file.isFile()) continue;
      expect(readFileSync(join(file.parentPath, file.name), 'utf8'), file.name).not.toMatch(
        /new-paper|New paper/,
      );
    }
  }
  const faults = async () => (await check(root, { paper: id })).findings;
  expect(await faults()).toEqual([]);
  const built = await buildSite(root, { paper: id });
  expect(built.papers.map(({ paper }) => paper)).toEqual([id]);
  const page = project.read(`dist/${id}/index.html`);
  expect(page).toContain(`<h1>Of ${template}</h1>`);
  expect(page).toMatch(/data-claim="[^"]+" data-verdict="holds"/);
  expect(page).toMatch(/data-value="[^"]+"/);
  expect((await buildSite(root, { paper: id })).dist).toBe('fresh');
  // Names of results are known now, to types as well.
  expect(project.read(`.paper/types/${id}.d.ts`)).not.toContain('(string & {})');
  expect(await faults()).toEqual([]);
});

test('a name that cannot be one, and a folder that is there, are refused before anything is written', () => {
  expect(errorText(() => newPaper(root, {}, ['My Paper']))).toBe(
    [
      "BadPaperName: 'My Paper' cannot be the name of a paper.",
      "  expected lower-case words between hyphens, the first one beginning with a letter, of 60 characters at most; received 'My Paper'",
      '  hint: it becomes two folders and an address: `npm run new -- my-paper`.',
    ].join('\n'),
  );
  for (const name of [
    'a'.repeat(300),
    '../up',
    'a/b',
    '.hidden',
    '-x',
    'a--b',
    'a_b',
    '7seas',
    'ä',
    '',
    'how-this-site-knows',
  ]) {
    expect(
      errorText(() => newPaper(root, {}, [name])),
      name,
    ).toContain('BadPaperName: ');
  }
  expect(errorText(() => newPaper(root, {}, []))).toBe(
    [
      'NoPaperName: a new paper needs one name.',
      '  expected one word; received none',
      '  hint: give it: `npm run new -- new-paper`.',
    ].join('\n'),
  );
  expect(errorText(() => newPaper(root, {}, ['two', 'words']))).toContain('`npm run new -- two-words`');
  expect(errorText(() => newPaper(root, { template: 'minimall' }, ['fresh']))).toBe(
    [
      "UnknownTemplate: there is no template 'minimall'.",
      `  expected one of ${templates.toSorted().join(', ')}`,
      "  hint: did you mean 'minimal'?",
    ].join('\n'),
  );
  mkdirSync(join(root, 'experiments/half'));
  expect(errorText(() => newPaper(root, {}, ['half']))).toBe(
    [
      'PaperExists: there is a folder experiments/half already.',
      '  hint: choose another name, or move the folder away: nothing is written over.',
    ].join('\n'),
  );
  expect(existsSync(join(root, 'content/half'))).toBe(false);
});
