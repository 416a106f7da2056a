import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { readKept, writeKept } from '../../../../src/cli/kept-record.ts';

const schema = z.strictObject({ key: z.string(), told: z.array(z.string()) });
const kept = { key: 'x', told: ['a'] };

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kept-'));
  file = join(folder, 'below', 'record.json');
});
afterEach(() => rmSync(folder, { recursive: true }));

test('what was kept is read as it was', () => {
  writeKept(file, kept);
  expect(readKept(file, schema)).toEqual(kept);
});

test.each([
  ['nothing', () => {}],
  ['a text that was cut off', () => writeFileSync(file, '{"key": "x", "to')],
  ['no text', () => writeFileSync(file, '')],
  ['bytes that are no text', () => writeFileSync(file, Uint8Array.of(0xff, 0, 0xfe))],
  ['another form', () => writeFileSync(file, '{"key": "x", "told": {}, "shown": 3}')],
  ['null', () => writeFileSync(file, 'null')],
  ['a folder that is not empty', () => mkdirSync(join(file, 'deep'), { recursive: true })],
])('%s in its place is no record, and what is kept next takes it', (_, lay) => {
  mkdirSync(join(folder, 'below'));
  lay();
  expect(readKept(file, schema)).toBeUndefined();
  writeKept(file, kept);
  expect(readKept(file, schema)).toEqual(kept);
});

test('a folder where it belongs is made', () => {
  expect(existsSync(join(folder, 'below'))).toBe(false);
  writeKept(file, kept);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(kept);
});
