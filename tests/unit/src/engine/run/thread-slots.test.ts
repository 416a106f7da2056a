import { setImmediate as turn } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { createThreadSlots } from '../../../../../src/engine/run/thread-slots.ts';

/** Shows what ran together, each time that something started. */
const observe = () => {
  const withSlots = createThreadSlots(2);
  const running = new Set<string>();
  const seen: string[] = [];
  const work = (name: string, threads: number, place: number) =>
    withSlots(threads, place, async () => {
      running.add(name);
      seen.push([...running].join('+'));
      await turn();
      running.delete(name);
    });
  return { work, seen };
};

test('work waits for free threads in order, and what wants more than there are runs alone', async () => {
  const { work, seen } = observe();
  await Promise.all([work('a', 1, 0), work('b', 1, 1), work('wide', 8, 2), work('c', 1, 3)]);
  expect(seen).toEqual(['a', 'a+b', 'wide', 'c']);
});

test('of what waits, the lowest place starts first, though it came last', async () => {
  const { work, seen } = observe();
  await Promise.all([work('wide', 2, 3), work('late', 2, 2), work('soon', 2, 1), work('soon too', 2, 1)]);
  expect(seen).toEqual(['wide', 'soon', 'soon too', 'late']);
});
