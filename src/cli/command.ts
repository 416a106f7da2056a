import { parseArgs } from 'node:util';
import { nearestHint, PaperError } from '../engine/stage/index.ts';

export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly description: string;
}

/** What was given: a word for each flag of words, `true` for each switch. */
export type FlagValues = Readonly<Record<string, string | undefined>>;

export interface Command {
  readonly description: string;
  /** What follows `npm run paper -- ` in an example. */
  readonly example: string;
  readonly flags: Readonly<Record<string, Flag>>;
  /** What its words name, for example `claim`; a command without takes none. */
  readonly words?: string;
  /** Set where it has something to tell as JSON: what `run` comes to. */
  readonly json?: true;
  readonly run: (root: string, values: FlagValues, words: readonly string[]) => Promise<unknown>;
}

export type Commands = Readonly<Record<string, Command>>;

const jsonFlag: Flag = {
  type: 'boolean',
  description: 'tell what was done as JSON, alone on standard output; progress goes to standard error',
};
const helpFlag: Flag = { type: 'boolean', description: 'print this' };

/** The flags of a command, with those that it shares with others. */
export const flagsOf = ({ flags, json }: Command): Readonly<Record<string, Flag>> => ({
  ...flags,
  ...(json ? { json: jsonFlag } : {}),
  help: helpFlag,
});

const requireKnown = (word: string, names: readonly string[]): void => {
  const name = word.replace(/^-+/, '').split('=')[0] ?? '';
  if (names.includes(name) && word.startsWith('--')) return;
  const own = names.filter((known) => known !== 'help');
  throw new PaperError('UnknownFlag', `there is no flag '${word.split('=')[0]}'.`, {
    details: [`expected ${own.map((known) => `--${known}`).join(', ') || 'no flags'}`],
    hint: nearestHint(name, names).replace(/'(.*)'/, "'--$1'"),
  });
};

/**
 * A command's flags and words.
 *
 * @param ofPapers options of papers' own, which stand beside them
 * @throws UnknownFlag with the nearest one, FlagWithoutValue, UnexpectedWord
 */
export const readWords = (
  name: string,
  command: Command,
  received: readonly string[],
  ofPapers: Readonly<Record<string, Flag>> = {},
): { readonly values: FlagValues; readonly words: readonly string[] } => {
  const flags = { ...flagsOf(command), ...ofPapers };
  const { tokens } = parseArgs({
    args: [...received],
    options: Object.fromEntries(Object.entries(flags).map(([flag, { type }]) => [flag, { type }])),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const values: Record<string, string> = {};
  const words: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    requireKnown(token.rawName, Object.keys(flags));
    const takesValue = flags[token.name]?.type === 'string';
    // What looks like a flag was meant as one: a value of that form is written `--flag=--value`.
    const isFlag = token.value?.startsWith('--') === true && token.inlineValue === false;
    if (takesValue !== (token.value !== undefined) || (takesValue && (token.value === '' || isFlag))) {
      throw new PaperError(
        takesValue ? 'FlagWithoutValue' : 'UnexpectedValue',
        takesValue ? `--${token.name} was given without a value.` : `--${token.name} takes no value.`,
        {
          details: [`--${token.name}: ${flags[token.name]?.description}`],
          hint: takesValue ? `give one: \`--${token.name} <value>\`.` : `write \`--${token.name}\` alone.`,
        },
      );
    }
    values[token.name] = token.value ?? 'true';
  }
  const unexpected = command.words === undefined && values['help'] === undefined ? words[0] : undefined;
  if (unexpected !== undefined) {
    throw new PaperError('UnexpectedWord', `'${name}' takes no words; '${unexpected}' was given.`, {
      details: [
        `expected ${name} and its flags: ${Object.keys(flags)
          .map((flag) => `--${flag}`)
          .join(', ')}`,
      ],
      hint: `see \`npm run paper -- ${name} --help\`.`,
    });
  }
  return { values, words };
};
