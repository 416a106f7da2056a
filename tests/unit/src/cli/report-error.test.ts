import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
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

test('a bundler that is ended while it works is told, and so is one that is asked after it', async () => {
  // In a process of its own: esbuild has one service a process.
  const script = `
    import { readdirSync, readFileSync } from 'node:fs';
    import { build, transform } from 'esbuild';
    import { reportError } from ${JSON.stringify(join(process.cwd(), 'src/cli/report-error.ts'))};
    await transform('1');
    const children = readFileSync('/proc/self/task/' + process.pid + '/children', 'utf8').trim().split(' ');
    const service = children.find((id) => readFileSync('/proc/' + id + '/cmdline', 'utf8').includes('esbuild'));
    const end = { name: 'end', setup: ({ onLoad }) => onLoad({ filter: /./ }, () => {
      process.kill(Number(service), 'SIGTERM');
      return new Promise(() => {});
    }) };
    await build({ entryPoints: [process.argv[0]], write: false, plugins: [end] }).catch(reportError);
    await transform('1').catch(reportError);
  `;
  const { stderr, exitCode } = await execa(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', '--input-type=module', '--eval', script],
    { reject: false },
  );
  expect(
    stderr
      .replaceAll(/(said: The service (was stopped|is no longer running)).*/g, '$1')
      .trim()
      .split('\n\n'),
  ).toEqual(
    ['was stopped', 'is no longer running'].map((said) =>
      [
        'BundlerEnded: the bundler was ended from outside before it had answered.',
        `  esbuild said: The service ${said}`,
        '  hint: the system ends a process so when memory runs out; run the same command again.',
      ].join('\n'),
    ),
  );
  expect(exitCode).toBe(1);
});

test('a fault of the program stays one', () => {
  const fault = new TypeError('x is not a function');
  expect(namedError(fault)).toBe(fault);
});
