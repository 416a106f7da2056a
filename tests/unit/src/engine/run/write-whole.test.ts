import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { nameOfProcess } from '../../../../../src/engine/run/process-identity.ts';
import { clearHalfWritten, writeWhole } from '../../../../../src/engine/run/write-whole.ts';

test('a file is written whole, and what a dead process left half-written is cleared; a living one keeps its own', () => {
  const folder = mkdtempSync(join(tmpdir(), 'whole-'));
  writeWhole(join(folder, 'a'), 'one');
  writeWhole(join(folder, 'a'), new Uint8Array(3_000_000));
  expect(readFileSync(join(folder, 'a'))).toHaveLength(3_000_000);
  expect(readdirSync(folder)).toEqual(['a']);
  const living = `b.${nameOfProcess()}-7.new`;
  writeFileSync(join(folder, living), 'half');
  writeFileSync(join(folder, `b.${nameOfProcess().replace(/^\d+/, '999999999')}-1.new`), 'half');
  clearHalfWritten(folder);
  expect(readdirSync(folder).sort()).toEqual(['a', living]);
  rmSync(folder, { recursive: true });
});
