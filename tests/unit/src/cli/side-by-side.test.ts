import { expect, test } from 'vitest';
import { sideBySide } from '../../../../src/cli/side-by-side.ts';

/** Work that ends when it is told to, and what was begun and ended so far. */
const controlled = (needs: Readonly<Record<string, readonly string[]>>, threads = 1) => {
  const said: string[] = [];
  const ends = new Map<string, { end: () => void; fail: (error: Error) => void }>();
  return {
    said,
    work: {
      needs: (name: string) => needs[name] ?? [],
      threads: () => threads,
      make: (name: string) => {
        said.push(name);
        return new Promise<void>((end, fail) => void ends.set(name, { end, fail }));
      },
    },
    /** After all that follows from it has happened. */
    end: async (name: string, error?: Error) => {
      const { end, fail } = ends.get(name)!;
      if (error) fail(error);
      else end();
      await new Promise(setImmediate);
    },
  };
};

test('what needs nothing of each other is made side by side, as many as there are processors for', async () => {
  const { said, work, end } = controlled({});
  const all = sideBySide(['a', 'b', 'c'], work, 2);
  await new Promise(setImmediate);
  expect(said).toEqual(['a', 'b']);
  await end('b');
  expect(said).toEqual(['a', 'b', 'c']);
  await end('a');
  await end('c');
  expect(await all).toEqual(['a', 'b', 'c']);
});

test('what is needed is made before, and once', async () => {
  const { said, work, end } = controlled({ b: ['a'], c: ['a'] });
  const all = sideBySide(['b', 'c', 'a'], work, 2);
  await new Promise(setImmediate);
  expect(said).toEqual(['a']);
  await end('a');
  expect(said).toEqual(['a', 'b', 'c']);
  await end('b');
  await end('c');
  expect(await all).toEqual(['a', 'b', 'c']);
});

test('what uses all processors is made alone', async () => {
  const { said, work, end } = controlled({}, 2);
  const all = sideBySide(['a', 'b'], work, 2);
  await new Promise(setImmediate);
  expect(said).toEqual(['a']);
  await end('a');
  expect(said).toEqual(['a', 'b']);
  await end('b');
  await all;
});

test('after a failure nothing is begun, and what was begun is awaited', async () => {
  const { said, work, end } = controlled({ d: ['a'] });
  const all = sideBySide(['a', 'b', 'c', 'd'], work, 2);
  const told = expect(all).rejects.toThrow('no room');
  await new Promise(setImmediate);
  await end('a', new Error('no room'));
  expect(said).toEqual(['a', 'b']);
  await end('b');
  await told;
  expect(said).toEqual(['a', 'b']);
});
