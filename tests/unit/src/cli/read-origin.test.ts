import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readOrigin } from '../../../../src/cli/read-origin.ts';
import { errorText } from '../../../error-text.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'origin-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const describe = (repository?: unknown): void =>
  writeFileSync(join(root, 'package.json'), JSON.stringify({ name: 'a', repository }));

test('a folder without a repository has no commit', () => {
  describe();
  expect(readOrigin(root)).toEqual({ commit: null, date: null, changed: false, repository: null });
});

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.example', ...words], {
    cwd: root,
    encoding: 'utf8',
  });

const commit = (): void => {
  git('init', '--quiet');
  git('add', '.');
  git('commit', '--quiet', '--message', 'First', '--date', '2026-01-02T03:04:05Z');
};

test('a repository without a commit has none', () => {
  git('init', '--quiet');
  expect(readOrigin(root)).toMatchObject({ commit: null, date: null, changed: false });
});

test('a commit is told with its moment, and with whether something that is tracked differs', () => {
  describe();
  commit();
  expect(readOrigin(root)).toMatchObject({ commit: git('rev-parse', 'HEAD').trim(), changed: false });
  expect(readOrigin(root).date).toMatch(/^\d{4}-\d\d-\d\dT/);
  writeFileSync(join(root, 'untracked'), '');
  expect(readOrigin(root).changed).toBe(false);
  describe('x');
  expect(readOrigin(root).changed).toBe(true);
});

test.each(['.git/info/exclude', '.config/git/ignore'])(
  'what a user has git ignore by %s is in no commit',
  (file) => {
    describe();
    commit();
    vi.stubEnv('HOME', root);
    vi.stubEnv('XDG_CONFIG_HOME', undefined);
    for (const path of [file, 'content/a/b/page.mdx'])
      mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, file), 'page.mdx\n');
    writeFileSync(join(root, 'content/a/b/page.mdx'), '');
    const { changed } = readOrigin(root);
    vi.unstubAllEnvs();
    expect(changed).toBe(true);
  },
);

test('what the project itself ignores, and what editors leave, is no part of a page', () => {
  describe();
  mkdirSync(join(root, 'content/a'), { recursive: true });
  writeFileSync(join(root, 'content/a/.gitignore'), 'notes\n');
  commit();
  for (const file of ['notes', '.DS_Store', 'index.mdx~', '#index.mdx#', '.index.mdx.swp'])
    writeFileSync(join(root, 'content/a', file), '');
  expect(readOrigin(root).changed).toBe(false);
});

test.each(['content/a/index.mdx', 'experiments/a/pipeline.ts', 'src/a.ts'])(
  '%s differs from a commit that has no such file',
  (file) => {
    describe();
    commit();
    mkdirSync(dirname(join(root, file)), { recursive: true });
    writeFileSync(join(root, file), '');
    expect(readOrigin(root).changed).toBe(true);
  },
);

test.each(['--assume-unchanged', '--skip-worktree'])('a change that %s keeps from git is told', (option) => {
  describe();
  const page = join(root, 'content', 'a [b].mdx');
  mkdirSync(dirname(page));
  writeFileSync(page, 'a');
  commit();
  git('update-index', option, 'content/a [b].mdx');
  expect(readOrigin(root).changed).toBe(false);
  writeFileSync(page, 'b');
  expect(git('status', '--porcelain')).toBe('');
  expect(readOrigin(root).changed).toBe(true);
  rmSync(page);
  // What a sparse checkout leaves out is marked as the second is.
  expect(readOrigin(root).changed).toBe(option === '--assume-unchanged');
});

test('in the midst of a rebase the commit is the one that is checked out', () => {
  describe();
  commit();
  describe('x');
  git('commit', '--quiet', '--all', '--message', 'Second');
  git('-c', 'sequence.editor=sed -i.bak s/^pick/edit/', 'rebase', '--quiet', '--interactive', 'HEAD~1');
  expect(git('status')).toContain('rebas');
  expect(readOrigin(root)).toMatchObject({ commit: git('rev-parse', 'HEAD').trim(), changed: false });
  describe('y');
  expect(readOrigin(root).changed).toBe(true);
});

test("a commit is the project's own, within a hook of another repository and where a clone replaces it too", () => {
  describe();
  commit();
  const first = readOrigin(root);
  vi.stubEnv('GIT_DIR', join(import.meta.dirname, '..', '..', '..', '..', '.git'));
  expect(readOrigin(root)).toEqual(first);
  vi.unstubAllEnvs();
  vi.stubEnv('GIT_COMMITTER_DATE', '2028-01-02T03:04:05Z');
  git('commit', '--quiet', '--allow-empty', '--message', 'Second');
  vi.unstubAllEnvs();
  git('replace', 'HEAD', first.commit ?? '');
  expect(readOrigin(root).date).toMatch(/^2028-/);
});

test.each([
  ['git+https://host.example/a/b.git', 'https://host.example/a/b'],
  [{ type: 'git', url: 'git@host.example:a/b.git' }, 'https://host.example/a/b'],
  ['https://host.example/a/b/', 'https://host.example/a/b'],
  ['github:a/b', null],
])('a repository %o is read at %s', (repository, page) => {
  describe(repository);
  expect(readOrigin(root).repository).toBe(page);
});

test.each([5, true, [], { url: 5 }])('a repository %o is refused', (repository) => {
  describe(repository);
  expect(errorText(() => readOrigin(root))).toMatch(
    /^BadPackage: package\.json does not say where the project's source is read\.\n {2}package\.json\n {2}repository.*\n {2}hint: write `"repository": "https:\/\/host\/owner\/project"`, or leave it out\.$/,
  );
});

test('a package.json that is no JSON is refused', () => {
  writeFileSync(join(root, 'package.json'), '{');
  expect(errorText(() => readOrigin(root))).toContain('BadPackage: ');
});
