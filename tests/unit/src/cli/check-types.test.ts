import { expect, test } from 'vitest';
import { faultsIn } from '../../../../src/cli/check-types.ts';
import { formatError } from '../../../../src/engine/stage/paper-error.ts';

const told = (...lines: readonly string[]): readonly string[] =>
  faultsIn(`${lines.join('\n')}\n`).map(formatError);

test('what TypeScript says is told with its place, and what it explains below', () => {
  expect(
    told("a/tables.ts(6,5): error TS2322: Type 'number' is no text.", '  It is a number.', '/a/tables.ts'),
  ).toEqual([
    [
      "BadType: Type 'number' is no text.",
      '  a/tables.ts:6:5',
      '  It is a number.',
      '  hint: TypeScript calls it TS2322: what stands there is not what its place takes.',
    ].join('\n'),
  ]);
});

test('of a file that does not parse the first place is told, and other files are told beside it', () => {
  const found = told(
    'a/tables.ts(7,15): error TS1136: Property assignment expected.',
    "a/tables.ts(8,23): error TS1005: ',' expected.",
    "b/claims.ts(1,2): error TS1005: ',' expected.",
    "b/other.ts(1,2): error TS2304: Cannot find name 'x'.",
  );
  expect(found).toHaveLength(3);
  expect(found[0]).toBe(
    [
      'BadType: Property assignment expected.',
      '  a/tables.ts:7:15',
      '  hint: TypeScript calls it TS1136: what stands there does not parse.',
    ].join('\n'),
  );
});
