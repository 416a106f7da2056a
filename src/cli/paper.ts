/** The project's command line: `npm run paper -- <command>`; build, dev and preview have scripts of their own. */
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type Commands, readWords } from './command.ts';
import { commands as known } from './commands.ts';
import { commandHelp, exitCodes, helpText } from './help-text.ts';
import { optionsOfPapers } from './options-of-papers.ts';
import { reportError } from './report-error.ts';

const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));
const commands: Commands = known;

/** Sends all that is printed from now on to standard error; what comes back prints to standard output alone. */
const keepOutputForJson = (): ((value: unknown) => void) => {
  const write = process.stdout.write.bind(process.stdout);
  process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
  return (value) => {
    write(`${JSON.stringify(value ?? null, null, 1)}\n`);
  };
};

const runCommand = async (name: string, received: readonly string[]): Promise<void> => {
  if (!Object.hasOwn(commands, name)) {
    throw new PaperError('UnknownCommand', `there is no command '${name}'.`, {
      details: [`expected one of ${Object.keys(commands).join(', ')}`],
      hint: nearestHint(name, Object.keys(commands)),
    });
  }
  const command = commands[name]!;
  const own = await optionsOfPapers(root, command, received);
  const { values, words } = readWords(name, command, received, Object.assign({}, ...own.values()));
  const { help, json, ...flags } = values;
  if (help !== undefined) {
    console.log(commandHelp(name, command, own));
    return;
  }
  if (json === undefined) await command.run(root, flags, words);
  else {
    const tell = keepOutputForJson();
    tell(await command.run(root, flags, words));
  }
};

// Leaving by `exit` lets whoever started children end them; `train` has a word of its own to say first.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
  process.on(signal, () => process.exit(exitCodes.interrupted));
}
// Who reads no more, such as `head`, does not stop what is done: what is said goes nowhere from then on.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
  });
}
const [name = '--help', ...received] = process.argv.slice(2);
try {
  if (['--help', '-h', 'help'].includes(name)) console.log(helpText(commands));
  else await runCommand(name, received);
} catch (error) {
  if (process.send) (await import('./given-paper.ts')).tellServerOfFault(error);
  await reportError(error, name);
}
