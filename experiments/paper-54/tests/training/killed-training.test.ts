import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

const train = (scratch: string) =>
  execa(
    process.execPath,
    ['--disable-warning=ExperimentalWarning', 'experiments/paper-54/tests/training/train-once.ts', scratch],
    {
      reject: false,
    },
  );

const digestIn = (output: string): string | undefined => /^digest (\w+)$/m.exec(output)?.[1];

test('a training whose process is killed goes on from its checkpoint to the same bits', async () => {
  const folders = [1, 2].map(() => mkdtempSync(join(tmpdir(), 'killed-')));
  const [straight = '', broken = ''] = folders;
  const whole = digestIn((await train(straight)).stdout);
  const victim = train(broken);
  for await (const line of victim.iterable()) {
    if (line === 'step 57') victim.kill('SIGKILL');
  }
  expect((await victim).signal).toBe('SIGKILL');
  const resumed = (await train(broken)).stdout;
  expect(resumed).not.toContain('step 30\n');
  expect(resumed).toContain('step 200');
  expect(digestIn(resumed)).toBe(whole);
  expect(whole).toMatch(/^[0-9a-f]{64}$/);
  for (const folder of folders) rmSync(folder, { recursive: true });
});
