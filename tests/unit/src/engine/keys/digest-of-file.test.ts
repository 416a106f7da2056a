import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { digestOfFile } from '../../../../../src/engine/keys/digest-of-file.ts';
import { sha256OfFile } from '../../../../../src/engine/keys/sha256.ts';

const folder = mkdtempSync(join(tmpdir(), 'digest-'));
afterAll(() => rmSync(folder, { recursive: true }));

// Both ways of reading, and where one takes over from the other.
test.each([0, 1, 2 ** 16 - 1, 2 ** 16, 2 ** 16 + 1, 2 ** 20 + 1])('%i bytes have one digest', (bytes) => {
  const path = join(folder, String(bytes));
  writeFileSync(path, Buffer.alloc(bytes, 'paper'));
  expect(digestOfFile(path)).toBe(sha256OfFile(path));
});

test('what is no file is told as reading it tells it', () => {
  expect(() => digestOfFile(folder)).toThrow(/^EISDIR/);
  expect(() => digestOfFile(join(folder, 'nothing'))).toThrow(/^ENOENT/);
});
