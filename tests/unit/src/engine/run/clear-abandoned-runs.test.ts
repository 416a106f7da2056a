/** What a runner that was killed leaves of a stage's processes. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { clearAbandonedRuns } from '../../../../../src/engine/run/clear-abandoned-runs.ts';
import { nameOfNumber, processState } from '../../../../../src/engine/run/process-identity.ts';

test.each([
  ['a build', (work: string) => work],
  ['a verification', (work: string, runner: string) => join(work, 'verify', runner, 'another', 'place')],
])('a program that %s left running ends with all that it started', async (_, below) => {
  const work = mkdtempSync(join(tmpdir(), 'abandoned-'));
  onTestFinished(() => rmSync(work, { recursive: true, force: true }));
  const runner = spawn(process.execPath, ['-e', '']);
  const name = nameOfNumber(runner.pid!);
  const run = join(below(work, name), 'runs', `${name}.1-stage`);
  await once(runner, 'close');
  mkdirSync(run, { recursive: true });
  // As the runner starts another language's program: in a group of its own.
  const program = spawn('sh', ['-c', `sleep 600 & echo $! >${work}/started; wait`], {
    detached: true,
    stdio: 'ignore',
  });
  const ended = once(program, 'close');
  writeFileSync(join(run, 'child'), nameOfNumber(program.pid!));
  await expect
    .poll(() => existsSync(`${work}/started`) && readFileSync(`${work}/started`, 'utf8'))
    .toMatch(/\n/);
  const started = nameOfNumber(Number(readFileSync(`${work}/started`, 'utf8')));
  expect(processState(started)).toBe('lives');
  clearAbandonedRuns(work);
  await ended;
  await expect.poll(() => processState(started)).toBe('gone');
  expect(existsSync(run)).toBe(false);
});
