import { expect, test } from 'vitest';
import { formatError } from '../../../../src/engine/stage/index.ts';
import { unkeyedRead } from '../../../../src/site/unkeyed-read.ts';

const where = { file: 'content/tiny/words.ts', line: 2, column: 14 };

test.each([
  [
    'machine',
    'reads the machine that renders it',
    "import a file by its name, as `import words from './words.json'`, or let a stage read it and name its result in the page.",
  ],
  [
    'setting',
    'reads how the renderer was started',
    'write the words themselves; what decides a computation is a parameter of a stage.',
  ],
  [
    'clock',
    'asks the clock',
    "write the date out, as `new Date('2026-01-31')`: words stay as they were written.",
  ],
  ['chance', 'draws random numbers', 'let a stage draw them from a seed, and name its result in the page.'],
  [
    'network',
    'asks the network',
    'keep the answer as a file, let a stage that declares it in `files` read it, and name its result in the page.',
  ],
  [
    'unnamed',
    'takes what is only known when it runs',
    'import each thing by its name, and choose among them.',
  ],
] as const)('UnkeyedRead says what to do instead: %s', (kind, does, hint) => {
  expect(formatError(unkeyedRead(kind, 'x', where))).toBe(
    [
      `UnkeyedRead: code behind a page ${does}: when that changes, the page says what was true before.`,
      '  content/tiny/words.ts:2:14',
      '  expected only what it imports, and what it makes of that; received x',
      `  hint: ${hint}`,
    ].join('\n'),
  );
});
