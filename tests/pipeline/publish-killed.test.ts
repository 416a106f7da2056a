import { cpSync, existsSync, readdirSync, rmSync } from 'node:fs';
import { join, relative } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { rejectionText } from '../error-text.ts';
import { createTinyPaper, type TinyPaper } from './tiny-paper.ts';
import { type TinyTrainingOptions, tinyTraining } from './tiny-training.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const name = 'train-v1.seed-1';

/** Trains and publishes in a process of its own, which kills itself at a given write that concerns publishing. */
const trainOnce = (options: TinyTrainingOptions, killAt = 0) =>
  execa(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'tests/pipeline/publish-once.ts',
      paper.folder,
      JSON.stringify(options),
      String(killAt),
    ],
    // A group of its own, which is killed with its stages.
    { reject: false, detached: true },
  );

const published = (file: string) => paper.published(name, file);

// Some twelve processes of a second each; a loaded machine takes several times that.
test('wherever publishing is killed, the run of before or the new one is there whole', async () => {
  const folder = join(paper.folder, 'published');
  const backup = join(paper.folder, 'backup');
  const older = { steps: 30 };
  const newer = { steps: 31 };
  await paper.train(tinyTraining(paper, older).training);
  const oldKey = published('record.json').key;
  cpSync(folder, backup, { recursive: true });
  await paper.train(tinyTraining(paper, newer).training);
  const newKey = published('record.json').key;

  const left: string[] = [];
  for (let killAt = 1; ; killAt += 1) {
    for (const path of [folder, join('.paper', 'published', relative('', folder))]) {
      rmSync(path, { recursive: true, force: true });
    }
    cpSync(backup, folder, { recursive: true });
    const { signal, stdout, stderr } = await trainOnce(newer, killAt);
    if (signal === undefined) {
      expect({ stdout, stderr }).toEqual({ stdout: 'published', stderr: '' });
      break;
    }
    expect(signal).toBe('SIGKILL');
    // Asking for the status puts back what was killed between the renames, and verifies digests.
    const asked = async (options: TinyTrainingOptions) =>
      (await paper.status(tinyTraining(paper, options).training))[1]?.reason;
    const reasons = [await asked(older), await asked(newer)];
    const { key } = published('record.json');
    left.push(key === newKey ? 'new' : 'old');
    if (key === newKey) expect(reasons[1]).toBe('published');
    else expect([key, ...reasons]).toEqual([oldKey, 'published', 'it ran here and is not published yet']);
  }
  expect(published('record.json').key).toBe(newKey);
  // Made aside: a folder, two files and a record; then the swap.
  expect(left.filter((which) => which === 'old').length).toBeGreaterThan(6);
  expect(left.at(-1)).toBe('new');
});

test('a disk that fills while a run is published leaves the run of before, and says so by name', async (context) => {
  const trainingOf = (steps: number) => tinyTraining(paper, { steps }).training;
  await paper.train(trainingOf(30));
  const [oldKey, weight] = [published('record.json').key, published('weight.json')];
  // Where runs are put together before they take their place.
  const disk = join('.paper', 'published', relative('', paper.folder));
  const mounted = await execa('mount', ['-t', 'tmpfs', '-o', 'size=8192', 'tmpfs', disk], { reject: false });
  if (mounted.exitCode !== 0) context.skip('needs the right to mount a disk: run as root on Linux');
  try {
    expect(await rejectionText(paper.train(trainingOf(31)))).toMatch(/^DiskFull: /);
    expect([published('record.json').key, published('weight.json')]).toEqual([oldKey, weight]);
    const [, status] = await paper.status(trainingOf(30));
    expect(status?.reason).toBe('published');
  } finally {
    await execa('umount', ['-l', disk]);
  }
  expect(await paper.train(trainingOf(31))).toBe('published');
  expect(published('record.json').key).not.toBe(oldKey);
});

test('a training that is killed goes on from its checkpoint to the same bits, but under other parameters begins anew', async () => {
  await paper.train(tinyTraining(paper).training);
  const weight = published('weight.json');
  // At the first passage of step 15 the command is killed with the stage, as Ctrl+C does.
  const onStep = `const flag = context.scratch + '/waits-to-be-killed';
    if (step === 15 && !existsSync(flag)) {
      writeFileSync(flag, '');
      for (;;);
    }`;
  const options = { kept: ['result', 'curve'], onStep };
  const killed = trainOnce(options);
  const runs = join('.paper', 'runs');
  const flagOf = (run: string): string => join(runs, run, 'scratch', 'waits-to-be-killed');
  const waits = (): boolean =>
    readdirSync(runs).some((run) => run.startsWith(`${killed.pid}-`) && existsSync(flagOf(run)));
  await expect.poll(waits, { timeout: 60_000 }).toBe(true);
  process.kill(-killed.pid!, 'SIGKILL');
  expect((await killed).signal).toBe('SIGKILL');
  expect(published('record.json').kept).toEqual(['result']);
  expect((await trainOnce({ ...options, steps: 14 })).stdout).toBe('published');
  expect(published('curve.json')).toHaveLength(14);
  expect((await trainOnce(options)).stdout).toBe('published');
  expect(published('record.json').kept).toEqual(['result', 'curve']);
  expect(published('weight.json')).toBe(weight);
  // The second sitting began after the checkpoint at step 10.
  expect(published('curve.json')).toHaveLength(20);
});
