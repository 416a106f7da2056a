import type { z } from 'zod';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { readJson } from './read-json.ts';

/**
 * A lock: what an author accepted, in a file that a command writes.
 *
 * @param holds what it holds, in words, and by which command it was written
 * @throws an error of the given name with line and column
 */
export const readLock = <T>(
  schema: z.ZodType<T>,
  text: string,
  file: string,
  { error, holds, command }: Readonly<Record<'error' | 'holds' | 'command', string>>,
): T => {
  const bad = (what: string, where: SourcePosition): PaperError =>
    new PaperError(error, `${file} does not hold ${holds}: ${what}.`, {
      where,
      hint: `it is written by \`${command}\`: take it back from version control, or delete it and accept anew.`,
    });
  const { value, at } = readJson(text, file, (what, where) => bad(`it ${what}`, where));
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw bad(`${path.join('.') || 'the whole'}: ${message}`, at(path).where);
};
