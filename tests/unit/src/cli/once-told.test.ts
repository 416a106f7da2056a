import { expect, test } from 'vitest';
import { onceTold } from '../../../../src/cli/once-told.ts';
import { PaperError } from '../../../../src/engine/stage/paper-error.ts';

const fault = (name: string, message: string, file: string, ...details: readonly string[]): PaperError =>
  new PaperError(name, message, { where: { file, line: 1 }, details, hint: '' });
const unread = (message: string, file: string): PaperError =>
  fault('BadStyle', message, file, 'the rule is parse');

test('a file that no program can read is told of once, by whoever names it best', () => {
  const module = fault('BadPaperModule', 'a.ts does not parse: Expected }', 'a.ts');
  const lock = fault('BadClaimsLock', 'it holds the marks of a merge', 'claims.lock.json');
  const style = fault('BadStyle', 'use const', 'b.ts', 'the rule is lint/style/useConst');
  const type = fault('BadType', 'no overload', 'b.ts');
  const first = unread('expected a comma', 'biome.json');
  expect(
    onceTold([
      module,
      lock,
      fault('BadType', "'}' expected", 'a.ts'),
      type,
      unread('expected }', 'a.ts'),
      unread('expected a value', 'claims.lock.json'),
      style,
      first,
      unread('expected }', 'biome.json'),
    ]),
  ).toEqual([module, lock, type, style, first]);
});
