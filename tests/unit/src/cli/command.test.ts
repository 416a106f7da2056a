import { expect, test } from 'vitest';
import { type Command, readWords } from '../../../../src/cli/command.ts';
import { commands } from '../../../../src/cli/commands.ts';
import { errorText } from '../../../error-text.ts';

const read = (name: keyof typeof commands, ...received: readonly string[]) =>
  readWords(name, commands[name] as Command, received);
const failure = (...given: Parameters<typeof read>): string => errorText(() => read(...given));

test('flags and words are told apart, whatever their order', () => {
  expect(read('accept', 'a-claim', '--profile', 'paper', 'crescendo')).toEqual({
    values: { profile: 'paper' },
    words: ['a-claim', 'crescendo'],
  });
});

test('no flag is taken for the value of another one, for any command and any flag of words', () => {
  expect(failure('diff', '--against', '--markdown')).toBe(
    [
      'FlagWithoutValue: --against was given without a value.',
      '  --against: the revision to compare with',
      '  hint: give one: `--against <value>`.',
    ].join('\n'),
  );
  for (const [name, { flags }] of Object.entries(commands) as [keyof typeof commands, Command][]) {
    for (const [flag, { type }] of Object.entries(flags)) {
      if (type !== 'string') continue;
      expect(failure(name, `--${flag}`, '--help'), `${name} --${flag}`).toContain('FlagWithoutValue');
      expect(read(name, `--${flag}=--help`).values).toEqual({ [flag]: '--help' });
    }
  }
});

test('what stands in the place of words is refused beside words, and beside another of its kind', () => {
  expect(failure('accept', '--all', 'a-claim')).toBe(
    [
      "FlagStandsAlone: --all and 'a-claim' cannot both be meant.",
      '  --all: every claim, instead of those that are named',
      '  hint: leave one out: `npm run paper -- accept --all`, or `npm run paper -- accept a-claim`.',
    ].join('\n'),
  );
  expect(failure('accept', '--all', '--values')).toContain("FlagStandsAlone: --all and '--values' cannot");
  expect(read('accept', '--all').words).toEqual([]);
});

test('a flag that is given twice is refused: neither is ignored', () => {
  expect(failure('status', '--profile', 'quick', '--profile=paper')).toBe(
    [
      'FlagTwice: --profile was given more than once.',
      '  --profile: a profile of the papers that have one of this name, or of one paper: <paper>=<profile>; the default ones unless given',
      '  hint: give it once: `npm run paper -- status --help` lists what else there is.',
    ].join('\n'),
  );
});
