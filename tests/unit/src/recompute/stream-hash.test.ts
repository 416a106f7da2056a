import * as node from 'node:crypto';
import { expect, test } from 'vitest';
import { createHash } from '../../../../src/recompute/stream-hash.ts';

test.each(['', '54/gaussian/256/0', 'ä'.repeat(100)])("a stream's hash is Node's: '%s'", (text) => {
  const ours = createHash('sha256').update(text.slice(0, 5)).update(text.slice(5)).digest();
  const theirs = node.createHash('sha256').update(text).digest();
  expect([...ours]).toEqual([...theirs]);
  for (const at of [0, 4, 28]) expect(ours.readInt32LE(at)).toBe(theirs.readInt32LE(at));
});

test('another hash is refused by name', () => {
  expect(() => createHash('md5')).toThrow('the stage asks for the hash md5, which a browser is not given');
});
