import { createHash } from 'node:crypto';
import { afterEach, expect, test, vi } from 'vitest';
import { PaperError } from '../../../../src/engine/stage/index.ts';
import { answerReader } from '../../../../src/explore/answer-reader.ts';
import type { Exploration } from '../../../../src/explore/exploration.ts';
import type { AskedOfExplorer, ToldByExplorer } from '../../../../src/explore/explore-messages.ts';
import { existsSync, readFileSync } from '../../../../src/recompute/memory-files.ts';
import type { Failed, WorkerChannel } from '../../../../src/recompute/worker-channel.ts';

afterEach(() => void vi.unstubAllGlobals());

const content = Uint8Array.of(3, 4);
const file = {
  path: 'numbers.bin',
  sha256: createHash('sha256').update(content).digest('hex'),
  sizeBytes: content.length,
};

/** Shows its first byte over a divisor. */
const bytes: Exploration = {
  module: import.meta.url,
  files: ['numbers'],
  open: (paths) => {
    const [first = 0] = readFileSync(paths['numbers'] ?? '') as Uint8Array;
    return {
      controls: [{ kind: 'text', id: 'divisor', label: 'Divisor', value: '1' }],
      show: ({ divisor = '' }) => {
        if (divisor === '') throw new PaperError('NoDivisor', 'nothing to divide by.', { hint: 'type one.' });
        return [{ kind: 'figures', title: 'F', figures: [{ label: 'a', value: first / Number(divisor) }] }];
      },
    };
  },
};

/** A worker, and what it tells of each thing that it is asked. */
const startReader = (answer: () => Response = () => new Response(content)) => {
  vi.stubGlobal('fetch', async () => answer());
  const told: (ToldByExplorer | Failed)[] = [];
  let hear: (message: AskedOfExplorer) => void = () => {};
  const channel: WorkerChannel<AskedOfExplorer, ToldByExplorer> = {
    tell: (message) => void told.push(message),
    listen: (listener) => {
      hear = listener;
    },
  };
  answerReader({ bytes }, channel);
  return async (asked: AskedOfExplorer) => {
    told.length = 0;
    hear(asked);
    await vi.waitFor(() => expect(told.at(-1)?.kind).toMatch(/opened|shown|failed/));
    return [...told];
  };
};

const open: AskedOfExplorer = {
  kind: 'open',
  folder: 'https://host.test/paper/',
  code: 'bytes',
  files: { numbers: file },
};
const show = (divisor: string): AskedOfExplorer => ({ kind: 'show', choices: { divisor } });

test('a reader is given controls once the files are there, and an answer for each choice', async () => {
  const ask = startReader();
  expect(await ask(open)).toEqual([
    { kind: 'downloaded', bytes: 2 },
    { kind: 'opened', controls: [{ kind: 'text', id: 'divisor', label: 'Divisor', value: '1' }] },
  ]);
  expect(existsSync('/numbers.bin')).toBe(false);
  expect(await ask(show('2'))).toEqual([
    { kind: 'shown', views: [{ kind: 'figures', title: 'F', figures: [{ label: 'a', value: 1.5 }] }] },
  ]);
});

test('a damaged file opens nothing', async () => {
  const ask = startReader(() => new Response(Uint8Array.of(3, 5)));
  expect((await ask(open)).at(-1)).toMatchObject({
    kind: 'failed',
    fault: { kind: 'damaged', path: 'numbers.bin', expected: file.sha256 },
  });
  expect(await ask(show('2'))).toEqual([
    { kind: 'failed', fault: { kind: 'broken', message: 'Error: internal: nothing was opened' } },
  ]);
});

test('choices that have no answer are told as the reader’s matter, an answer that is no number by name; the next one is answered', async () => {
  const ask = startReader();
  await ask(open);
  expect(await ask(show(''))).toEqual([
    {
      kind: 'failed',
      fault: { kind: 'refused', message: 'nothing to divide by.', details: [], hint: 'type one.' },
    },
  ]);
  expect((await ask(show('0')))[0]).toMatchObject({
    fault: { message: expect.stringMatching(/^NotFinite: 'F' holds an entry that is not a finite number\./) },
  });
  expect((await ask(show('3')))[0]).toMatchObject({ kind: 'shown' });
});
