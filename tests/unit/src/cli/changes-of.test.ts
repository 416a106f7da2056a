import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { changesOf, historyEdge } from '../../../../src/cli/changes-of.ts';
import type { ComputedPaper } from '../../../../src/cli/compute-paper.ts';
import { formatValuesLock } from '../../../../src/diff/values-lock.ts';

let root: string;

const git = (...words: readonly string[]): string =>
  execFileSync('git', ['-c', 'user.name=A', '-c', 'user.email=a@b.c', ...words], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });

const accept = (shown: string): void =>
  writeFileSync(
    join(root, 'content', 'tiny', 'values.lock.json'),
    formatValuesLock({ values: new Map([['size', shown]]), figures: new Map() }),
  );

const commit = (): void => {
  git('add', '-A');
  git('commit', '-q', '-m', 'as accepted');
};

/** What this build computed: one number. */
const computed = (value: number, locked = true): ComputedPaper =>
  ({
    data: {
      tables: {},
      claims: {},
      values: { size: { value, unit: '1', format: { style: 'fixed', digits: 1 } } },
    },
    paper: { id: 'tiny', pipeline: { locked } },
  }) as unknown as ComputedPaper;

const told = (of: ReturnType<typeof changesOf>) => ({
  accepted: of.accepted?.changes.map(({ id, before, after }) => [id, before, after]) ?? null,
  built: of.built?.map(({ id, before, after }) => [id, before, after]) ?? null,
});

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'changes-'));
  mkdirSync(join(root, 'content', 'tiny'), { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

test('without a history nothing is told of what was accepted, and what was built is held against it', () => {
  accept('1.0');
  expect(told(changesOf(root, computed(1)))).toEqual({ accepted: null, built: [] });
  expect(told(changesOf(root, computed(2)))).toEqual({ accepted: null, built: [['size', '1.0', '2.0']] });
  // What a build trains differs from machine to machine.
  expect(told(changesOf(root, computed(2, false))).built).toBeNull();
});

test('the last acceptance is held against the one before, and one that is not committed against the last', () => {
  git('init', '-q');
  accept('1.0');
  commit();
  expect(told(changesOf(root, computed(1)))).toEqual({ accepted: null, built: [] });
  accept('3.0');
  const open = changesOf(root, computed(3));
  expect(told(open)).toEqual({ accepted: [['size', '1.0', '3.0']], built: [] });
  expect(open.accepted).toMatchObject({ commit: null, date: null });
  commit();
  const closed = changesOf(root, computed(3));
  expect(told(closed)).toEqual({ accepted: [['size', '1.0', '3.0']], built: [] });
  expect(closed.accepted?.commit).toBe(git('rev-parse', 'HEAD').trim());
  // A later commit of something else accepts nothing.
  writeFileSync(join(root, 'other.txt'), '');
  commit();
  expect(changesOf(root, computed(3)).accepted?.commit).toBe(closed.accepted?.commit);
});

test('the edge of a history is known, and gone once the history is whole', () => {
  expect(historyEdge(root)).toBe('');
  git('init', '-q');
  accept('1.0');
  commit();
  accept('2.0');
  commit();
  expect(historyEdge(root)).toBe('');
  const clone = join(root, 'clone');
  git('clone', '-q', '--depth', '1', `file://${root}`, clone);
  expect(historyEdge(clone).trim()).toBe(git('rev-parse', 'HEAD').trim());
  git('-C', clone, 'fetch', '-q', '--unshallow');
  expect(historyEdge(clone)).toBe('');
});
