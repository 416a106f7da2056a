import { expect, test } from 'vitest';
import {
  firstDifference,
  type KeyRecord,
  madeBy,
  stageKey,
} from '../../../../../src/engine/keys/stage-key.ts';

const record: KeyRecord = {
  schema: 2,
  kind: 'numeric',
  code: 'a',
  params: { steps: 5, options: { rate: 1 } },
  inputs: { tokens: { tokens: 'd' } },
  files: { text: 'f' },
  native: { 'a-package/addon.node': 'n' },
  outputs: { result: 'r.json' },
  backend: { choice: 'native', threads: 2 },
  node: '22.1.0',
};

/** What changed, and the words for it. */
const changes: readonly (readonly [Partial<KeyRecord>, string])[] = [
  [{ code: 'b' }, 'its code changed'],
  [{ files: { text: 'g' } }, 'the content of its file text changed'],
  [{ native: { 'a-package/addon.node': 'm' } }, 'a-package/addon.node changed'],
  [{ node: '22.2.0' }, 'Node changed from 22.1.0 to 22.2.0'],
  [{ params: { steps: 6, options: { rate: 1 } } }, 'parameter steps changed from 5 to 6'],
  [{ params: { steps: 5, options: { rate: 2 } } }, 'parameter options.rate changed from 1 to 2'],
  [{ params: { steps: 5 } }, 'parameter options changed from {"rate":1} to nothing'],
  [{ inputs: { tokens: { tokens: 'e' } } }, 'its input tokens changed'],
  [{ backend: { choice: 'native', threads: 1 } }, 'the numeric backend changed'],
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

test('an input that is named by what makes it is told so, with whether its content is of before', () => {
  const named = (key: string): KeyRecord => ({ ...record, inputs: { tokens: { tokens: madeBy(key) } } });
  const reason = (isReadAgain?: boolean) =>
    firstDifference(named('a'), named('b'), isReadAgain === undefined ? {} : { isReadAgain });
  expect(reason()).toBe('what makes its input tokens changed');
  expect(reason(true)).toBe('what makes its input tokens changed, and gives what the run read');
  expect(reason(false)).toBe('what makes its input tokens changed, and gives here what the run did not read');
  // Another Node makes the input too, and is the reason.
  expect(firstDifference(named('a'), { ...named('b'), node: '23' })).toBe('Node changed from 22.1.0 to 23');
});

test('a key does not depend on the order of members', () => {
  const turned = Object.fromEntries(Object.entries(record).toReversed()) as unknown as KeyRecord;
  expect(stageKey(turned)).toBe(stageKey(record));
});

test('where sources are known, the files that changed are the reason', () => {
  const now = { ...record, code: 'b' };
  const reason = (before: Record<string, string>, after: Record<string, string>): string =>
    firstDifference(record, now, { before, now: after });
  expect(reason({ 'a.ts': '1', 'b.ts': '1' }, { 'a.ts': '1', 'b.ts': '2' })).toBe('b.ts changed');
  expect(reason({ 'a.ts': '1' }, { 'b.ts': '2' })).toBe('a.ts and 1 more file changed');
  expect(reason({ 'a.ts': '1' }, { 'a.ts': '1' })).toBe(
    'its code changed: packages, or the program that starts it',
  );
});
