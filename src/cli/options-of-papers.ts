import { PaperError } from '../engine/stage/index.ts';
import { type Command, type Flag, flagsOf } from './command.ts';
import { commands } from './commands.ts';
import { paperOptionsOf } from './load-papers.ts';

/**
 * Papers' own options, of the papers that a command is asked for; help is given whatever state they are in.
 *
 * @throws UnknownPaper, BadPaperModule, BadPaperOption
 */
export const optionsOfPapers = async (
  root: string,
  command: Command,
  received: readonly string[],
): Promise<ReadonlyMap<string, Readonly<Record<string, Flag>>>> => {
  if (!Object.hasOwn(command.flags, 'paper')) return new Map();
  const at = received.findIndex((word) => word === '--paper' || word.startsWith('--paper='));
  const paper = at < 0 ? undefined : (received[at]!.split('=')[1] ?? received[at + 1]);
  try {
    const found = await paperOptionsOf(root, { paper }, Object.keys(flagsOf(command)));
    return new Map(
      [...found].map(([id, options]) => [
        id,
        Object.fromEntries(
          Object.entries(options).map(([name, { description }]) => [
            name,
            { type: 'string' as const, description },
          ]),
        ),
      ]),
    );
  } catch (error) {
    // A check tells this among all else that is wrong.
    const isTold =
      command === commands.check && error instanceof PaperError && error.name !== 'BadPaperOption';
    if (isTold || received.includes('--help')) return new Map();
    throw error;
  }
};
