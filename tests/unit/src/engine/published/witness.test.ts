import { expect, test } from 'vitest';
import { compareWitness } from '../../../../../src/engine/published/witness.ts';
import type { Witness } from '../../../../../src/engine/run/stage-protocol.ts';

const mark = (at: string, loss: number, weight = 'a') => ({ at, numbers: { loss }, digests: { weight } });
const witness = (...marks: Witness['parts'][number]['marks']): Witness => ({
  parts: [{ id: 'miniature', marks }],
  tolerance: { loss: 0.01 },
});
const kept = witness(mark('step 1', 5), mark('step 2', 4));

test('equal marks do not differ, whichever of the parts were replayed', () => {
  expect(compareWitness(kept, kept, () => 'equal bits')).toBeUndefined();
  expect(compareWitness(kept, { parts: [], tolerance: {} }, () => 'equal bits')).toBeUndefined();
});

test('the first mark decides, and in it numbers before digests', () => {
  const replay = witness(mark('step 1', 5.001, 'b'), mark('step 2', 9, 'b'));
  expect(compareWitness(kept, replay, () => 'equal bits')).toEqual({
    where: 'miniature, step 1, loss',
    expected: '5',
    received: '5.001',
  });
  expect(compareWitness(kept, replay, () => 'tolerance')).toEqual({
    where: 'miniature, step 2, loss',
    expected: '4',
    received: '9',
  });
});

test('a mark, a number or a digest too few or too many is a difference', () => {
  expect(compareWitness(kept, witness(mark('step 1', 5)), () => 'tolerance')).toEqual({
    where: 'miniature, mark 2',
    expected: 'step 2',
    received: 'no mark',
  });
  const third = witness(...kept.parts[0]!.marks, mark('step 3', 3));
  expect(compareWitness(kept, third, () => 'tolerance')?.received).toBe('step 3');
  const poorer = witness({ ...mark('step 1', 5), numbers: {} });
  expect(compareWitness(kept, poorer, () => 'tolerance')?.received).toBe('nothing');
  const richer = witness({ ...mark('step 1', 5), digests: { weight: 'a', bias: 'c' } });
  expect(compareWitness(kept, richer, () => 'equal bits')).toEqual({
    where: 'miniature, step 1, bias',
    expected: 'nothing',
    received: 'c',
  });
});

test("the witness's own tolerance holds, and a number without one must be equal", () => {
  const generous = { ...witness(mark('step 1', 6), mark('step 2', 4)), tolerance: { loss: 10 } };
  expect(compareWitness(kept, generous, () => 'tolerance')?.where).toBe('miniature, step 1, loss');
  const strict = { ...kept, tolerance: {} };
  const near = witness(mark('step 1', 5 + 1e-12), mark('step 2', 4));
  expect(compareWitness(strict, near, () => 'tolerance')?.where).toBe('miniature, step 1, loss');
});
