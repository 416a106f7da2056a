import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeSetupLock } from '../../../../scripts/setup/setup-lock.mjs';

const folder = mkdtempSync(join(tmpdir(), 'setup-lock-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const module = join(process.cwd(), 'scripts/setup/setup-lock.mjs');

/** A process that takes the lock, runs some lines, and ends. */
const holder = (file: string, lines: string) =>
  spawn(
    process.execPath,
    [
      '--input-type=module',
      '-e',
      `import { appendFileSync, readFileSync } from 'node:fs';
       import { takeSetupLock } from ${JSON.stringify(module)};
       const lock = await takeSetupLock(${JSON.stringify(file)}, () => {});
       ${lines}`,
    ],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );

test('of several set-ups at once each has the clone for itself', async () => {
  const [file, log] = [join(folder, 'many.lock'), join(folder, 'log')];
  const children = Array.from({ length: 5 }, () =>
    holder(
      file,
      `appendFileSync(${JSON.stringify(log)}, 'in ');
       await new Promise((done) => setTimeout(done, 60));
       appendFileSync(${JSON.stringify(log)}, 'out ');
       await lock.release();`,
    ),
  );
  const codes = await Promise.all(children.map(async (child) => (await once(child, 'close'))[0]));
  expect(codes).toEqual([0, 0, 0, 0, 0]);
  expect(readFileSync(log, 'utf8')).toBe('in out '.repeat(5));
  expect(existsSync(file)).toBe(false);
});

test('a killed holder does not keep the lock', async () => {
  const file = join(folder, 'killed.lock');
  const child = holder(file, "console.log('held'); setInterval(() => {}, 1000);");
  await once(child.stdout, 'data');
  const before = readFileSync(file, 'utf8');
  expect(JSON.parse(before).pid).toBe(child.pid);
  child.kill('SIGKILL');
  await once(child, 'close');
  const { release } = await takeSetupLock(file, () => {});
  expect(readFileSync(file, 'utf8')).not.toBe(before);
  await release();
  expect(existsSync(file)).toBe(false);
});

test.runIf(existsSync('/proc/self/stat'))(
  'a number that now belongs to another process keeps nothing',
  async () => {
    const file = join(folder, 'reused.lock');
    const { release } = await takeSetupLock(file, () => {});
    // This very process lives, and is not the one that started then.
    writeFileSync(file, JSON.stringify({ ...JSON.parse(readFileSync(file, 'utf8')), start: '1' }));
    const again = await takeSetupLock(file, () => {});
    expect(JSON.parse(readFileSync(file, 'utf8')).start).not.toBe('1');
    await again.release();
    await release();
  },
);

test('an empty lock is waited for, and taken once nothing has beaten', async () => {
  const file = join(folder, 'empty.lock');
  writeFileSync(file, '');
  let waits = 0;
  const { release } = await takeSetupLock(file, () => {
    waits += 1;
  });
  expect(waits).toBe(1);
  await release();
  expect(existsSync(file)).toBe(false);
});

test('a lock that cannot be read is named, and not waited for', async () => {
  const file = join(folder, 'a-folder.lock');
  mkdirSync(file);
  const error = await takeSetupLock(file, () => {}).catch((thrown) => thrown);
  expect(error.text).toBe(
    [
      `LockUnreadable: ${file} cannot be read, which says whose turn it is.`,
      '  expected a file that this user may read; received EISDIR',
      `  hint: remove it, \`rm -r ${file}\`, if no other set-up of this clone runs, and run the same command again.`,
    ].join('\n'),
  );
});
