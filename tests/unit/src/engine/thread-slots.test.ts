import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createThreadSlots } from '../../../../src/engine/thread-slots.ts';

test('work waits for free threads in order, and what wants more than there are runs alone', async () => {
  const withSlots = createThreadSlots(2);
  const running = new Set<string>();
  const seen: string[] = [];
  const work = (name: string, threads: number) =>
    withSlots(threads, async () => {
      running.add(name);
      seen.push([...running].join('+'));
      await turn();
      running.delete(name);
    });
  await Promise.all([work('a', 1), work('b', 1), work('wide', 8), work('c', 1)]);
  expect(seen).toEqual(['a', 'a+b', 'wide', 'c']);
});
