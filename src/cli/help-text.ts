import { type Command, type Commands, type Flag, flagsOf } from './command.ts';

const listed = (rows: readonly (readonly [string, string])[]): string => {
  const width = Math.max(...rows.map(([name]) => name.length));
  return rows.map(([name, text]) => `  ${name.padEnd(width)}  ${text}`).join('\n');
};

/** What a process's end says, the same for every command. */
export const exitCodes = {
  done: 0,
  /** A named error: what happened, and what to do next. */
  refused: 1,
  /** A fault of this program. */
  internal: 2,
  interrupted: 130,
} as const;

const exitText = listed([
  ['0', 'done'],
  ['1', 'a named error: what happened and what to do next is told'],
  ['2', 'an internal error: a fault of this program'],
  ['130', 'interrupted'],
]);

/** The help of the whole: plain text, without colours. */
export const helpText = (commands: Commands): string =>
  [
    'Computes papers and writes their site.',
    '',
    'Usage: npm run paper -- <command> [flags]',
    '',
    'Commands:',
    listed(Object.entries(commands).map(([name, { description }]) => [name, description])),
    '',
    'Exit codes:',
    exitText,
    '',
    'Each command explains itself: npm run paper -- <command> --help',
  ].join('\n');

const flagLines = (flags: Readonly<Record<string, Flag>>): string =>
  listed(
    Object.entries(flags).map(([flag, { type, description }]) => [
      `--${flag}${type === 'string' ? ` <${flag}>` : ''}`,
      description,
    ]),
  );

/** @param ofPapers options of papers' own, by paper */
export const commandHelp = (
  name: string,
  command: Command,
  ofPapers: ReadonlyMap<string, Readonly<Record<string, Flag>>> = new Map(),
): string =>
  [
    `${command.description[0]?.toUpperCase()}${command.description.slice(1)}.`,
    '',
    `Usage: npm run paper -- ${name}${command.words === undefined ? '' : ` [${command.words} ...]`} [flags]`,
    '',
    'Flags:',
    flagLines(flagsOf(command)),
    ...[...ofPapers].flatMap(([paper, options]) => ['', `Options of ${paper}:`, flagLines(options)]),
    '',
    'Example:',
    `  npm run paper -- ${command.example}`,
    '',
    'Exit codes:',
    exitText,
  ].join('\n');
