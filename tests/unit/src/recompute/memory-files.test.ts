import { expect, test } from 'vitest';
import * as memory from '../../../../src/recompute/memory-files.ts';

const bytes = (...all: number[]) => Uint8Array.from(all);

test('a file in memory is read in parts and whole, as a copy', () => {
  memory.keepFile('/a', bytes(1, 2, 3, 4, 5));
  const file = memory.openSync('/a', 'r');
  expect(memory.fstatSync(file).size).toBe(5);
  const into = new Uint8Array(4);
  expect(memory.readSync(file, into, 1, 3, 3)).toBe(2);
  expect([...into]).toEqual([0, 4, 5, 0]);
  memory.closeSync(file);
  expect(() => memory.fstatSync(file)).toThrow(`file ${file} is not open`);
  (memory.readFileSync('/a') as Uint8Array)[0] = 9;
  expect([...(memory.readFileSync('/a') as Uint8Array)]).toEqual([1, 2, 3, 4, 5]);
});

test('what is written is read: whole by path, piece by piece into an open file', () => {
  memory.writeFileSync('/text', 'größer');
  expect(memory.readFileSync('/text', 'utf8')).toBe('größer');
  const file = memory.openSync('/text', 'w');
  memory.writeFileSync(file, bytes(65));
  memory.writeFileSync(file, 'B');
  expect(memory.readFileSync('/text', 'utf8')).toBe('AB');
  memory.dropFiles();
  expect(memory.existsSync('/text')).toBe(false);
  expect(() => memory.readFileSync('/text')).toThrow("the stage reads '/text', which is none of its inputs");
});
