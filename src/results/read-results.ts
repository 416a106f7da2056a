import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { contentFault } from './content-fault.ts';
import { readJson } from './read-json.ts';
import { type Result, type ResultInput, resultFileSchema } from './result-schema.ts';

/** Both ways of writing a result in one form. */
const inReplicates = (result: ResultInput): Result => {
  if (result.kind === 'value') {
    const { value, replicates, ...rest } = result;
    return { ...rest, replicates: replicates ?? [{ seed: null, value: value! }] };
  }
  const { rows, replicates, ...rest } = result;
  return { ...rest, replicates: replicates ?? [{ seed: null, rows: rows! }] };
};

/**
 * A results file, checked against its schema.
 *
 * @param file how the reader of an error knows it
 * @throws BadResultFile with the line and column of the first fault
 */
export const readResults = (text: string, file: string): readonly Result[] => {
  const bad = (
    what: string,
    where: SourcePosition,
    details: readonly string[] = [],
    hint = 'see the stage that writes it: a result has an id of lower-case letters, digits and hyphens, and rows, each under a name of its own with every cell that its columns name.',
  ): PaperError => new PaperError('BadResultFile', `${file} ${what}.`, { where, details, hint });
  const { value, at } = readJson(text, file, (what, where) =>
    bad(
      what,
      where,
      [],
      'write it with JSON.stringify; NaN and Infinity are not JSON, and no result is ever one of them.',
    ),
  );
  const parsed = resultFileSchema.safeParse(value);
  if (!parsed.success) {
    const { path, message } = parsed.error.issues[0]!;
    const { where, written } = at(path);
    throw bad(`is not a results file: ${path.join('.') || 'the whole'}: ${message}`, where, [
      `received ${written.slice(0, 60)}`,
    ]);
  }
  parsed.data.results.forEach((result, index) => {
    const fault = contentFault(result);
    if (!fault) return;
    const { where } = at(['results', index, ...fault.path]);
    throw bad(`says nothing: ${fault.message}`, where, fault.details);
  });
  return parsed.data.results.map(inReplicates);
};

/** Checks what a stage wrote before it is stored. @throws BadResultFile as readResults */
export const validateResults = (text: string, file: string): void => {
  readResults(text, file);
};
