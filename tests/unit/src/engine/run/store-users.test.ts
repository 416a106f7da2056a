import { mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { nameOfNumber, nameOfProcess } from '../../../../../src/engine/run/process-identity.ts';
import { useStore, withStoreAlone } from '../../../../../src/engine/run/store-users.ts';
import { rejectionText } from '../../../../error-text.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'store-users-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const quiet = (): void => {};
const alone = () => withStoreAlone(folder, quiet, async () => 'cleared');

test('a store is cleared by whoever uses it alone, and not under another process', async () => {
  await useStore(folder, quiet);
  expect(readdirSync(join(folder, 'users'))).toEqual([nameOfProcess()]);
  expect(await alone()).toBe('cleared');
  writeFileSync(join(folder, 'users', nameOfNumber(process.ppid)), '');
  expect(await rejectionText(alone())).toBe(
    [
      `StoreInUse: process ${process.ppid} uses the store, and would miss what is removed.`,
      `  expected nobody in ${folder}`,
      '  hint: run the same command again when it has ended.',
    ].join('\n'),
  );
});

test('a process that is gone uses nothing any more', async () => {
  mkdirSync(join(folder, 'users'));
  // No process has this number: the largest is below 2^22.
  writeFileSync(join(folder, 'users', `4194305-1-${nameOfProcess().split('-').at(-1)}`), '');
  expect(await alone()).toBe('cleared');
  expect(readdirSync(join(folder, 'users'))).toEqual([]);
});

test('what a killed process left of its use is cleared by the next one that uses the store', async () => {
  mkdirSync(join(folder, 'users'));
  writeFileSync(join(folder, 'users', `4194305-1-${nameOfProcess().split('-').at(-1)}`), '');
  await useStore(folder, quiet);
  expect(readdirSync(join(folder, 'users'))).toEqual([nameOfProcess()]);
});

test('a file where the users of a store stand gives way to them, and hides nobody', async () => {
  writeFileSync(join(folder, 'users'), 'a file');
  expect(await alone()).toBe('cleared');
  await useStore(folder, quiet);
  expect(readdirSync(join(folder, 'users'))).toEqual([nameOfProcess()]);
});
