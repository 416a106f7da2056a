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

const full = 'the disk is full.\n  the system said ENOSPC\n  hint: free some space, ';

test.each([
  ['with its file', Object.assign(new Error(), { code: 'ENOSPC', path: '/clone/a' }), '/clone/a'],
  [
    'of an open file, without one',
    Object.assign(new Error(), { code: 'ENOSPC', syscall: 'write' }),
    'a file',
  ],
  ['of a quota', Object.assign(new Error(), { code: 'EDQUOT', syscall: 'write' }), 'a file'],
  ['by a sentence alone', new Error('Caused by:\n  No space left on device (os error 28)'), 'a file'],
])('a full disk is told %s', (_, said, what) => {
  const told = errorText(() => {
    throw namedError(said);
  });
  expect(told).toContain(`DiskFull: ${what} cannot be written: ${full}`);
});

test('a folder that cannot be renamed to its place is told', () => {
  const said = { syscall: 'rename', path: '/clone/dist', dest: '/clone/.paper/dist-before' };
  for (const [code, what] of Object.entries({
    EXDEV: 'it is on another disk than where it belongs',
    EBUSY: 'something holds it, such as a disk mounted there',
  }))
    expect(
      errorText(() => {
        throw namedError(Object.assign(new Error(), { ...said, code }));
      }),
    ).toContain(`FileUnusable: /clone/dist cannot be used: ${what}.`);
});

test('a fault of the program stays one', () => {
  const fault = new TypeError('x is not a function');
  expect(namedError(fault)).toBe(fault);
});
