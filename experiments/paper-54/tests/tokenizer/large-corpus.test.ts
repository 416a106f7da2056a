import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execa } from 'execa';
import { expect, test } from 'vitest';

/** Held whole, the text alone would take 90 MB as a string, and as much again as documents. */
const textMegabytes = 48;
/** What words, pairs and merges need; a heap that holds the text's parts one at a time has room for them. */
const heapMegabytes = 96;

test('a text larger than the memory goes from file to batches', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'large-corpus-'));
  const { stdout } = await execa(process.execPath, [
    '--disable-warning=ExperimentalWarning',
    `--max-old-space-size=${heapMegabytes}`,
    'experiments/paper-54/tests/tokenizer/encode-large-corpus.ts',
    folder,
    String(textMegabytes),
  ]);
  rmSync(folder, { recursive: true });
  expect(Number(/^tokens (\d+)$/m.exec(stdout)?.[1])).toBeGreaterThan(10_000_000);
  // Outside the heap there are buffers of 1 MB and 16 MB of new objects, and what the allocator keeps of both: 90 to
  // 120 MB in all were measured. The text held whole, and once more as documents, would be 180 MB.
  expect(Number(/^risen by (\d+) MB$/m.exec(stdout)?.[1])).toBeLessThan(150);
});
