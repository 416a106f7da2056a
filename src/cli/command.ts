import { parseArgs } from 'node:util';
import { nearestHint, PaperError } from '../engine/stage/index.ts';

export interface Flag {
  readonly type: 'string' | 'boolean';
  readonly description: string;
  /** Set where it says what the words would say: it stands alone, without words or another of its kind. */
  readonly insteadOfWords?: true;
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

/** What was said twice, or beside what already says it, is ignored by nobody. */
const requireAlone = (
  name: string,
  flags: Command['flags'],
  given: readonly string[],
  word?: string,
): void => {
  const twice = given.find((flag, index) => given.indexOf(flag) < index);
  if (twice !== undefined) {
    throw new PaperError('FlagTwice', `--${twice} was given more than once.`, {
      details: [`--${twice}: ${flags[twice]?.description}`],
      hint: `give it once: \`npm run paper -- ${name} --help\` lists what else there is.`,
    });
  }
  const [instead, other] = given.filter((flag) => flags[flag]?.insteadOfWords);
  const beside = other === undefined ? word : `--${other}`;
  if (instead === undefined || beside === undefined) return;
  throw new PaperError('FlagStandsAlone', `--${instead} and '${beside}' cannot both be meant.`, {
    details: [`--${instead}: ${flags[instead]?.description}`],
    hint: `leave one out: \`npm run paper -- ${name} --${instead}\`, or \`npm run paper -- ${name} ${beside}\`.`,
  });
};

/**
 * A command's flags and words. A value that begins with -- is another flag, unless it is written `--flag=--value`.
 *
 * @param ofPapers options of papers' own, which stand beside them
 * @throws UnknownFlag with the nearest one, FlagWithoutValue, UnexpectedValue, UnexpectedWord, FlagTwice,
 * FlagStandsAlone
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
  const given: string[] = [];
  for (const token of tokens) {
    if (token.kind === 'positional') words.push(token.value);
    if (token.kind !== 'option') continue;
    requireKnown(token.rawName, Object.keys(flags));
    const takesValue = flags[token.name]?.type === 'string';
    const isMissing = !token.value || (!token.inlineValue && token.value.startsWith('--'));
    if (takesValue ? isMissing : token.value !== undefined) {
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
    given.push(token.name);
  }
  if (values['help'] === undefined) requireAlone(name, flags, given, words[0]);
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
