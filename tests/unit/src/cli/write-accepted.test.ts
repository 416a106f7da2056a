import {
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { namedError } from '../../../../src/cli/report-error.ts';
import { withAccepted, writeAccepted } from '../../../../src/cli/write-accepted.ts';
import { errorText } from '../../../error-text.ts';

const isFull = vi.hoisted(() => ({ disk: false }));
vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>();
  const writeSync = (...words: Parameters<typeof fs.writeSync>): number => {
    // As Node tells it of an open file: without a path.
    if (isFull.disk) throw Object.assign(new Error('ENOSPC'), { code: 'ENOSPC', syscall: 'write' });
    return fs.writeSync(...words);
  };
  return { ...fs, writeSync };
});

let root = '';
beforeEach(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'accepted-')));
});
afterEach(() => {
  isFull.disk = false;
  rmSync(root, { recursive: true, force: true });
});

const read = (file: string): string => readFileSync(join(root, file), 'utf8');

test('what is accepted is written where its author left it, through a link too', () => {
  mkdirSync(join(root, 'elsewhere'));
  writeFileSync(join(root, 'elsewhere', 'kept.json'), 'before');
  symlinkSync('elsewhere/kept.json', join(root, 'lock.json'));
  writeAccepted(root, 'lock.json', 'after');
  expect(lstatSync(join(root, 'lock.json')).isSymbolicLink()).toBe(true);
  expect(read('elsewhere/kept.json')).toBe('after');
  writeAccepted(root, 'new.json', 'first');
  expect(read('new.json')).toBe('first');
});

test('a full disk leaves what was accepted as it was, and nothing beside it, and is told with the file', () => {
  writeFileSync(join(root, 'lock.json'), 'before');
  isFull.disk = true;
  const told = errorText(() => {
    try {
      writeAccepted(root, 'lock.json', 'after');
    } catch (error) {
      throw namedError(error);
    }
  });
  expect(told).toContain(`DiskFull: ${join(root, 'lock.json')} cannot be written: the disk is full.`);
  expect(read('lock.json')).toBe('before');
  expect(readdirSync(root)).toEqual(['lock.json']);
});

test('of two commands that accept at once, the second reads what the first one wrote', async () => {
  writeFileSync(join(root, 'lock.json'), '');
  const add = (claim: string): Promise<void> =>
    withAccepted(root, async () => {
      const before = read('lock.json');
      await new Promise((resolve) => setImmediate(resolve));
      writeAccepted(root, 'lock.json', before + claim);
    });
  await Promise.all([add('a'), add('b')]);
  expect([...read('lock.json')].toSorted()).toEqual(['a', 'b']);
});
