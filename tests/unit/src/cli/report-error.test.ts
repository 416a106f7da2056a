import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { namedError } from '../../../../src/cli/report-error.ts';
import { errorText } from '../../../error-text.ts';

test('a file in the place of a folder is told by name', () => {
  const root = mkdtempSync(join(tmpdir(), 'report-error-'));
  writeFileSync(join(root, '.paper'), '');
  const text = errorText(() => {
    try {
      mkdirSync(join(root, '.paper', 'site'), { recursive: true });
    } catch (error) {
      throw namedError(error);
    }
  });
  rmSync(root, { recursive: true });
  expect(text).toBe(
    [
      `FileUnusable: ${join(root, '.paper', 'site')} cannot be used: a file stands where a folder should be.`,
      '  the system said ENOTDIR to mkdir',
      '  hint: move that file away, and run the same command again.',
    ].join('\n'),
  );
});

test('a folder that a read-only disk does not let be made is told, though Node says that nothing is there', () => {
  const said = Object.assign(new Error(), { code: 'ENOENT', syscall: 'mkdir', path: '/clone/.paper/locks' });
  expect(
    errorText(() => {
      throw namedError(said);
    }),
  ).toBe(
    [
      'FileUnusable: /clone/.paper/locks cannot be used: it is on a disk that cannot be written to.',
      '  the system said ENOENT to mkdir',
      '  hint: work in a clone on another disk.',
    ].join('\n'),
  );
  const missing = Object.assign(new Error(), { code: 'ENOENT', syscall: 'open', path: '/clone/x' });
  expect(namedError(missing)).toBe(missing);
});

test('a fault of the program stays one', () => {
  const fault = new TypeError('x is not a function');
  expect(namedError(fault)).toBe(fault);
});
