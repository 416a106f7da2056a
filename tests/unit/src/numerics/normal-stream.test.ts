import { expect, test } from 'vitest';
import { normalStream } from '../../../../src/numerics/normal-stream.ts';
import { seededRandom } from '../../../../src/numerics/seeded-random.ts';

test("a stream of normals is a seeded generator's, bit by bit, however many are drawn at once", () => {
  const { normals } = normalStream(7, 'stream');
  const plain = seededRandom(7, 'stream');
  for (const count of [0, 1, 2, 5, 1000, 1, 0, 3]) {
    expect(normals(count), `${count} numbers`).toEqual(plain.normals(count));
  }
  expect(normalStream(8, 'stream').normals(2)).not.toEqual(normalStream(7, 'stream').normals(2));
});
