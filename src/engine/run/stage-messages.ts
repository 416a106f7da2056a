/** What a stage's process tells the runner: a line a message on a pipe, or a file where it is a program of another kind. */
import { existsSync, readFileSync } from 'node:fs';
import type { Readable } from 'node:stream';
import { z } from 'zod';
import type { Progress } from '../stage/define-stage.ts';
import { PaperError, type SourcePosition } from '../stage/paper-error.ts';
import type { StageMessage, TransportedError } from './stage-protocol.ts';

export const toldBy = (
  stageName: string,
  { name, message, hint, where, details, stack = '' }: TransportedError,
): PaperError =>
  Object.assign(
    new PaperError(name, message, {
      hint,
      where: where ?? undefined,
      details: [...details, `in stage '${stageName}'`],
    }),
    { stack },
  );

const position = z.object({
  file: z.string(),
  line: z.number().optional(),
  column: z.number().optional(),
}) as z.ZodType<SourcePosition>;

/** Of an error's file, which a program writes in whatever language. */
const toldSchema = z.looseObject({
  name: z.string().optional(),
  message: z.string().optional(),
  hint: z.string().optional(),
  details: z.array(z.string()).optional(),
  where: position.nullable().optional(),
});

export const toldInFile = (stageName: string, file: string): PaperError | undefined => {
  if (!existsSync(file)) return undefined;
  let told: z.output<typeof toldSchema>;
  try {
    told = toldSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return new PaperError('BadStageMessage', `stage '${stageName}' told an error in a form of its own.`, {
      details: ['expected JSON of name, message, hint and details, words each'],
      hint: 'see docs/stages-in-any-language.md for what its file of errors holds.',
    });
  }
  return toldBy(stageName, {
    name: told.name ?? 'StageFailed',
    message: told.message ?? 'it told an error without words.',
    hint: told.hint ?? '',
    where: told.where ?? null,
    details: told.details ?? [],
  });
};

const transportedSchema: z.ZodType<TransportedError> = z.object({
  name: z.string(),
  message: z.string(),
  hint: z.string(),
  where: position.nullable(),
  details: z.array(z.string()),
  stack: z.string().optional(),
});

const messageSchema: z.ZodType<StageMessage> = z.discriminatedUnion('type', [
  z.strictObject({
    type: z.literal('progress'),
    progress: z.strictObject({
      done: z.number(),
      total: z.number(),
      figures: z.record(z.string(), z.union([z.string(), z.number(), z.null()]).transform(String)).optional(),
    }) as z.ZodType<Progress>,
  }),
  z.strictObject({ type: z.literal('error'), error: transportedSchema }),
  z.strictObject({ type: z.literal('fault'), stack: z.string() }),
  z.strictObject({ type: z.literal('done') }),
]);

/** The longest line that is kept in memory: a message is a few hundred characters, and a library's may be long. */
const longestMessage = 1 << 24;

/**
 * Messages come a line each; an empty line only asks whether anybody reads.
 *
 * @param word that each begins with: a line without it is nobody's whose word counts
 * @param bad told what was received in the place of one
 */
export const readMessages = (
  stream: Readable | undefined,
  word: string,
  use: (message: StageMessage) => void,
  bad: (received: string) => void,
): void => {
  let rest = '';
  const read = (line: string): void => {
    let message: unknown;
    try {
      message = line.startsWith(`${word} `) ? JSON.parse(line.slice(word.length + 1)) : undefined;
    } catch {
      // What is no JSON is no message either.
    }
    const parsed = messageSchema.safeParse(message);
    if (parsed.success) use(parsed.data);
    else bad(line);
  };
  stream?.setEncoding('utf8').on('data', (text: string) => {
    const lines = `${rest}${text}`.split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line !== '') read(line);
    if (rest.length > longestMessage) bad(rest);
  });
};

export const badMessage = (stageName: string, received: string): PaperError =>
  new PaperError(
    'BadStageMessage',
    `stage '${stageName}' wrote to the channel by which the runner hears of it.`,
    {
      details: [`expected nothing of its own; received ${JSON.stringify(received.slice(0, 80))}`],
      hint: 'write to a file that the stage opened, or report by `report`: the file descriptor three is taken.',
    },
  );
