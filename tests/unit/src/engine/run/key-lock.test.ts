import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { clearDeadLocks, lockKey } from '../../../../../src/engine/run/key-lock.ts';
import { nameOfNumber, nameOfProcess, processState } from '../../../../../src/engine/run/process-identity.ts';
import { rejectionText } from '../../../../error-text.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lock-'));
  file = join(folder, 'locks', 'key.lock');
  mkdirSync(join(folder, 'locks'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

test('a process is known by its number, its start and where numbers mean the same', async () => {
  expect(processState(nameOfProcess())).toBe('lives');
  const child = spawn('sleep', ['60']);
  const name = nameOfNumber(child.pid!);
  expect(processState(name)).toBe('lives');
  // The same number, given to another process meanwhile.
  const [pid, start, place] = name.split('-');
  expect(processState(`${pid}-${Number(start) - 1}-${place}`)).toBe('gone');
  expect(processState(`${pid}-${start}-00000000`)).toBe('unknown');
  expect(processState('')).toBe('unknown');
  child.kill('SIGKILL');
  await new Promise((resolve) => child.once('exit', resolve));
  expect(processState(name)).toBe('gone');
});

test('one at a time holds a lock, and all that wait get it', async () => {
  let inside = 0;
  let most = 0;
  const work = async (): Promise<void> => {
    const release = await lockKey(file, () => {});
    inside += 1;
    most = Math.max(most, inside);
    await wait(5);
    inside -= 1;
    await release();
  };
  await Promise.all(Array.from({ length: 6 }, work));
  expect(most).toBe(1);
  expect(existsSync(file)).toBe(false);
});

test('who waits is told once, and whether for this very process', async () => {
  const told: boolean[] = [];
  const onWait = (isOwn: boolean) => void told.push(isOwn);
  const release = await lockKey(file, onWait);
  expect(told).toEqual([]);
  const second = lockKey(file, onWait);
  await wait(250);
  await release();
  await (await second)();
  expect(told).toEqual([true]);
});

test('a lock whose holder is dead is taken at once, also by several at a time', async () => {
  for (const dead of [
    nameOfProcess().replace(/^\d+/, '999999999'),
    nameOfProcess().replace(/-\d+-/, '-1-'),
  ]) {
    writeFileSync(file, dead);
    const holders: string[] = [];
    await Promise.all(
      [1, 2, 3].map(async (who) => {
        const release = await lockKey(file, () => {});
        holders.push(`${who} in`);
        await wait(2);
        holders.push(`${who} out`);
        await release();
      }),
    );
    // Never two within.
    for (let at = 0; at < 6; at += 2) expect(holders[at]!.slice(0, 1)).toBe(holders[at + 1]!.slice(0, 1));
  }
});

test('nobody says that he waits for the dead, and each says once that he waits for the living', async () => {
  writeFileSync(file, nameOfProcess().replace(/^\d+/, '999999999'));
  const said: string[] = [];
  const release = await lockKey(file, () => said.push('the first waits'));
  expect(said).toEqual([]);
  const second = lockKey(file, () => said.push('the second waits'));
  await wait(250);
  await release();
  await (await second)();
  expect(said).toEqual(['the second waits']);
});

test('a lock without a name, or of another container, is waited for while its heart beats, and taken when it stops', async () => {
  for (const content of ['', '77-5-00000000 1']) {
    writeFileSync(file, content);
    let beats = 0;
    const heart = setInterval(() => {
      beats += 1;
      utimesSync(file, new Date(), new Date(Date.now() + beats));
      if (beats === 4) clearInterval(heart);
    }, 100);
    let waited = false;
    const release = await lockKey(
      file,
      () => {
        waited = true;
      },
      { silenceMs: 400 },
    );
    expect([waited, beats]).toEqual([true, 4]);
    expect(readFileSync(file, 'utf8')).toContain(nameOfProcess());
    await release();
  }
});

test('a lock in the place of a folder, or below a file, is told', async () => {
  writeFileSync(join(folder, 'file'), '');
  expect(await rejectionText(lockKey(join(folder, 'file', 'key.lock'), () => {}))).toMatch(
    /^NotAFolder: .+file cannot be written: a file stands where a folder should be\.\n {2}the system said EEXIST\n/,
  );
});

test('locks of the dead are cleared, and those of the living and the unknown stay', async () => {
  const locks = join(folder, 'locks');
  const gone = nameOfProcess().replace(/^\d+/, '4194305');
  const names = { dead: gone, 'dead.lock.turn': gone, living: nameOfProcess(), elsewhere: '7-7-00000000' };
  for (const [name, holder] of Object.entries(names)) writeFileSync(join(locks, name), `${holder} 1`);
  writeFileSync(join(locks, 'dead.lock.turn'), gone);
  await clearDeadLocks(locks);
  expect(readdirSync(locks).sort()).toEqual(['elsewhere', 'living']);
});

test('a folder in the place of a lock keeps nobody waiting for ever', async () => {
  mkdirSync(join(file, 'in-it'), { recursive: true });
  const release = await lockKey(file, () => {}, { silenceMs: 200 });
  expect(readFileSync(file, 'utf8')).toContain(nameOfProcess());
  await release();
});

test('a dead lock that cannot be taken away is told, and not waited for without end', async () => {
  // Beside a name of this length none can be made, as on a disk that is read-only.
  const long = join(folder, 'locks', 'k'.repeat(252));
  writeFileSync(long, 'nobody');
  await expect(lockKey(long, () => {}, { silenceMs: 50 })).rejects.toMatchObject({ code: 'ENAMETOOLONG' });
});
