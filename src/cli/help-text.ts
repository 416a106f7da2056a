import { type Command, type Commands, flagsOf } from './command.ts';

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

export const commandHelp = (name: string, command: Command): string =>
  [
    `${command.description[0]?.toUpperCase()}${command.description.slice(1)}.`,
    '',
    `Usage: npm run paper -- ${name}${command.words === undefined ? '' : ` [${command.words} ...]`} [flags]`,
    '',
    'Flags:',
    listed(
      Object.entries(flagsOf(command)).map(([flag, { type, description }]) => [
        `--${flag}${type === 'string' ? ` <${flag}>` : ''}`,
        description,
      ]),
    ),
    '',
    'Example:',
    `  npm run paper -- ${command.example}`,
    '',
    'Exit codes:',
    exitText,
  ].join('\n');
