import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import type { ReadKind } from './unkeyed-reads.ts';

/** What it does, and what to do instead. */
const words: Readonly<Record<ReadKind, readonly [does: string, hint: string]>> = {
  machine: [
    'reads the machine that renders it',
    "import a file by its name, as `import words from './words.json'`, or let a stage read it and name its result in the page.",
  ],
  made: [
    'reads what a build before this one made',
    'name the result in the page, as `<Value of="loss.last" />`: it is then the one of today.',
  ],
  setting: [
    'reads how the renderer was started',
    'write the words themselves; what decides a computation is a parameter of a stage.',
  ],
  clock: [
    'asks the clock',
    "write the date out, as `new Date('2026-01-31')`: words stay as they were written.",
  ],
  chance: ['draws random numbers', 'let a stage draw them from a seed, and name its result in the page.'],
  network: [
    'asks the network',
    'keep the answer as a file, let a stage that declares it in `files` read it, and name its result in the page.',
  ],
  unnamed: ['takes what is only known when it runs', 'import each thing by its name, and choose among them.'],
};

/** UnkeyedRead @param what as it stands there */
export const unkeyedRead = (kind: ReadKind, what: string, where: SourcePosition): PaperError => {
  const [does, hint] = words[kind];
  return new PaperError(
    'UnkeyedRead',
    `code behind a page ${does}: when that changes, the page says what was true before.`,
    {
      where,
      details: [`expected only what it imports, and what it makes of that; received ${what}`],
      hint,
    },
  );
};
