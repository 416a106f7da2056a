import { expect, test } from 'vitest';
import { firstDifference, type KeyRecord, stageKey } from '../../../../../src/engine/keys/stage-key.ts';

const record: KeyRecord = {
  schema: 1,
  kind: 'numeric',
  code: 'a',
  packages: ['node_modules/zod 4.6.7 sha512-x'],
  params: { steps: 5, options: { rate: 1 } },
  inputs: { tokens: { tokens: 'd' } },
  outputs: { result: 'r.json' },
  backend: { library: 'tensorflow 2.21.0', threads: 2 },
};

/** What changed, and the words for it. */
const changes: readonly (readonly [Partial<KeyRecord>, string])[] = [
  [{ code: 'b' }, 'its code changed'],
  [{ packages: ['node_modules/zod 4.6.8 sha512-y'] }, 'a package changed: zod 4.6.8'],
  [{ params: { steps: 6, options: { rate: 1 } } }, 'parameter steps changed from 5 to 6'],
  [{ params: { steps: 5, options: { rate: 2 } } }, 'parameter options.rate changed from 1 to 2'],
  [{ params: { steps: 5 } }, 'parameter options changed from {"rate":1} to nothing'],
  [{ inputs: { tokens: { tokens: 'e' } } }, 'its input tokens changed'],
  [{ backend: { library: 'tensorflow 2.22.0', threads: 2 } }, 'the numeric backend changed'],
  [{ inputs: {} }, 'its input tokens is no longer read'],
  [{ outputs: { result: 's.json' } }, 'its outputs were renamed'],
  [{ kind: 'exact' }, 'its kind changed'],
];

for (const [change, reason] of changes) {
  test(`a key is another one when ${reason}`, () => {
    const now = { ...record, ...change };
    expect(stageKey(now)).not.toBe(stageKey(record));
    expect(firstDifference(record, now)).toBe(reason);
  });
}

test('a key does not depend on the order of members', () => {
  const turned = Object.fromEntries(Object.entries(record).toReversed()) as unknown as KeyRecord;
  expect(stageKey(turned)).toBe(stageKey(record));
});
