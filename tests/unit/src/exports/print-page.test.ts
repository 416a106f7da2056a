import { mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { afterAll, expect, test } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'print-'));
afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 9 }));

test('a printer that is killed leaves nothing outside the folder that it was given', async () => {
  const [scratch, elsewhere] = [join(folder, 'scratch'), join(folder, 'elsewhere')];
  mkdirSync(elsewhere);
  const module = join(import.meta.dirname, '../../../../src/exports/print-page.ts');
  const script = `import { withPrinter } from ${JSON.stringify(module)};
    await withPrinter(${JSON.stringify(scratch)}, async () => process.kill(process.pid, 'SIGKILL'));`;
  const { signal } = await execa(process.execPath, ['--input-type=module', '--eval', script], {
    env: { TMPDIR: elsewhere },
    reject: false,
  });
  expect(signal).toBe('SIGKILL');
  expect(readdirSync(scratch)).toContain('profile');
  // Chromium ends by itself, and removes its sockets.
  await expect.poll(() => readdirSync(elsewhere), { timeout: 20_000 }).toEqual([]);
});
