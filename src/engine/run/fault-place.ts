import { readFileSync, writeFileSync } from 'node:fs';
import { isAbsolute, relative } from 'node:path';
import { definitionPlace } from '../keys/definition-place.ts';
import type { Program, Trace } from '../keys/program.ts';
import { formatPosition, type PaperError, type SourcePosition } from '../stage/paper-error.ts';
import type { Stage, StageCode } from '../stage/pipeline.ts';
import { toldAnew } from '../stage/told-anew.ts';

/** A line that says nothing but where, or that Node adds to what it prints. */
const aside = /^\s*(at |Node\.js v|$)/;

/** The last words of a process that left no stack: what was thrown may be a text alone. */
const lastWords = (written: string): string | undefined =>
  written
    .split('\n')
    .findLast((line) => !aside.test(line))
    ?.trim();

/** A program in another language knows its files by their whole paths. */
const inProject = (root: string, where: SourcePosition): SourcePosition =>
  isAbsolute(where.file) && !relative(root, where.file).startsWith('..')
    ? { ...where, file: relative(root, where.file) }
    : where;

/** What was thrown: all that stands above its first place; or as far as a log tells. */
const wordsOf = (stack: string, ofLog: Trace | undefined): readonly string[] => {
  if (stack !== '') return stack.split(/\n +at /)[0]!.split('\n');
  return ofLog?.thrown === undefined ? [] : [ofLog.thrown];
};

/** The log is left with its places in the sources. */
const traceLog = async ({ trace }: Program, log: string): Promise<Trace> => {
  const written = readFileSync(log, 'utf8');
  const found = await trace?.(written);
  if (found && found.written !== written) writeFileSync(log, found.written);
  return {
    ...(found ?? { written, where: undefined, isAuthors: false }),
    thrown: found?.thrown ?? lastWords(written),
  };
};

/**
 * The error of a stage with a place in what the author wrote: its own, or where its code stopped, or where the stage is
 * defined.
 *
 * @param log what its process wrote
 */
export const withPlace = async (
  error: PaperError,
  root: string,
  { code }: Stage,
  program: Program,
  log: string,
): Promise<PaperError> => {
  if (error.where) return toldAnew(error, { where: inProject(root, error.where) });
  const isFault = error.name === 'StageFailed';
  const ofLog = isFault ? await traceLog(program, log) : undefined;
  const { stack = '' } = error;
  const found = isFault && stack === '' ? ofLog : await program.trace?.(stack);
  // What is refused or told by name is no fault of the tool, whose line would say nothing.
  const where = isFault || found?.isAuthors ? found?.where : undefined;
  return toldAnew(error, {
    where: where ?? (await definitionPlace(root, code)),
    details: [...(isFault ? wordsOf(stack, ofLog) : []), ...error.details],
  });
};

/** What is wrong with a file that a stage wrote: no author mends it there, but in what writes it. */
export const ofWrittenFile = async (
  error: PaperError,
  root: string,
  code: StageCode,
): Promise<PaperError> => {
  const { where, details } = error;
  return toldAnew(error, {
    where: await definitionPlace(root, code),
    details: [...(where ? [`in what it wrote: ${formatPosition(where)}`] : []), ...details],
  });
};
