import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { z } from 'zod';
import { unlessKnown } from '../../../../src/cli/known-clean.ts';
import { PaperError } from '../../../../src/engine/stage/index.ts';

let root: string;
let looks: number;
let state: Record<string, string>;
let faults: readonly PaperError[];
let passing: boolean;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'known-clean-'));
  looks = 0;
  state = { page: 'a', shown: 'b' };
  faults = [];
  passing = false;
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

/** Reads a page, and what the page leads it to. */
const looked = () =>
  unlessKnown(
    root,
    {
      name: 'look',
      told: z.array(z.string()),
      keyOf: (read) => [state['page'], ...read.map((name) => state[name])].join(),
    },
    async () => {
      looks += 1;
      return { faults, told: ['shown'], passing };
    },
  );

test('what was clean is not looked at again, and tells what it told', async () => {
  expect(await looked()).toMatchObject({ faults: [], told: ['shown'] });
  expect(await looked()).toMatchObject({ faults: [], told: ['shown'] });
  expect(looks).toBe(1);
});

test('an edit of what is looked at, or of what it was led to, is looked at', async () => {
  await looked();
  state['shown'] = 'c';
  await looked();
  state['page'] = 'd';
  await looked();
  expect(looks).toBe(3);
});

test('what was wrong is looked at each time, and a clean state of before is none of today', async () => {
  await looked();
  state['page'] = 'wrong';
  faults = [new PaperError('Wrong', 'it is wrong.', { hint: 'mend it.' })];
  expect((await looked()).faults).toBe(faults);
  expect((await looked()).faults).toBe(faults);
  expect(looks).toBe(3);
});

test('what was edited as it was looked at is looked at again', async () => {
  passing = true;
  await looked();
  passing = false;
  await looked();
  await looked();
  expect(looks).toBe(2);
});

const foreign = [
  '',
  '{"key": "a,b"',
  'null',
  '[]',
  '"a,b"',
  '{}',
  '{"key": 1}',
  '{"key": "a,b"}',
  '{"key": "a,b", "told": {}}',
  '{"key": "a,b", "told": [1]}',
  '{"key": "a,b", "told": null}',
  '{"key": ["a,b"], "told": ["shown"]}',
  '{"key": "a,b", "told": ["shown"], "more": 1}',
  '\u0000\ufffd',
];

test.each(foreign)('a record of another form is none, and is written anew: %j', async (text) => {
  const file = join(root, '.paper', 'check', 'look');
  mkdirSync(join(root, '.paper', 'check'), { recursive: true });
  writeFileSync(file, text);
  expect(await looked()).toMatchObject({ faults: [], told: ['shown'] });
  await looked();
  expect(looks).toBe(1);
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual({ key: 'a,b', told: ['shown'] });
});

test('a folder in the place of a record is none, and gives way', async () => {
  mkdirSync(join(root, '.paper', 'check', 'look', 'deep'), { recursive: true });
  await looked();
  await looked();
  expect(looks).toBe(1);
});
