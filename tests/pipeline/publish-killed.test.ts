import { cpSync, existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTinyPaper, ranIn, type TinyPaper } from './tiny-paper.ts';
import { tinyTraining } from './tiny-training.ts';

let paper: TinyPaper;
beforeEach(() => {
  paper = createTinyPaper();
});
afterEach(() => paper.remove());

const name = 'train-v1.seed-1';

/** Trains and publishes in a process of its own, which kills itself at the given write into the published folder. */
const trainOnce = (steps: number, killAt: number, before = '') =>
  execa(
    process.execPath,
    [
      '--disable-warning=ExperimentalWarning',
      'tests/pipeline/publish-once.ts',
      paper.folder,
      String(steps),
      String(killAt),
      before,
    ],
    { reject: false },
  );

const record = () => JSON.parse(paper.read(`published/${name}/record.json`));

test('wherever publishing is killed, the run of before or the new one is there whole', async () => {
  const [older, newer] = [30, 31].map((steps) => () => tinyTraining(paper, { steps }));
  await paper.train(older!().training);
  const keyOf = { old: record().key, new: '' };
  const backup = join(paper.folder, 'backup');
  cpSync(join(paper.folder, 'published'), backup, { recursive: true });
  await paper.train(newer!().training);
  keyOf.new = record().key;

  const left: string[] = [];
  for (let killAt = 1; ; killAt += 1) {
    rmSync(join(paper.folder, 'published'), { recursive: true });
    cpSync(backup, join(paper.folder, 'published'), { recursive: true });
    const { signal, stdout, stderr } = await trainOnce(31, killAt);
    if (signal === undefined) {
      expect(stderr).toBe('');
      expect(stdout).toBe('published');
      break;
    }
    expect(signal).toBe('SIGKILL');
    // What was killed between the renames is put back by whatever looks next.
    const status = (await paper.status(older!().analysis))[1];
    left.push(record().key === keyOf.new ? 'new' : 'old');
    expect(record().key).toBe(left.at(-1) === 'new' ? keyOf.new : keyOf.old);
    if (left.at(-1) === 'old') expect(status).toEqual({ name, state: 'fresh', reason: 'published' });
    const { training } = (left.at(-1) === 'new' ? newer! : older!)();
    expect((await paper.run(training)).get(name)?.published?.key).toBe(record().key);
  }
  expect(record().key).toBe(keyOf.new);
  expect(left).toContain('old');
  expect(left.length).toBeGreaterThan(6);
  expect(existsSync(join('.paper', 'published', 'tiny', `${name}.before`))).toBe(false);
});

test('a training that is killed goes on from its checkpoint to the same bits, and is then published', async () => {
  const straight = tinyTraining(paper);
  await paper.train(straight.training);
  const weight = paper.read(`published/${name}/weight.json`);
  paper.forgetStore();
  rmSync(join(paper.folder, 'published'), { recursive: true });
  // The parent of the stage's process is the command: both are gone.
  const before = 'setTimeout(() => {}, 0); context.killAt = 15;';
  const killed = await trainOnce(30, 0, before);
  expect(killed.signal).toBe('SIGKILL');
  expect(paper.has('published')).toBe(false);
});
