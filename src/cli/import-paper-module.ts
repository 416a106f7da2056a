import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { stackPlace, toldAnew } from '../engine/index.ts';
import { PaperError, positionAt } from '../engine/stage/index.ts';
import { missingImport } from './unresolved-import.ts';

/**
 * What to tell of an author's code that throws; a named error of its own stays what it is.
 *
 * @param file from the root
 * @param what it did, as a verb
 */
export const failedModule = (root: string, file: string, what: string, error: unknown): PaperError => {
  if (error instanceof PaperError)
    return error.where ? error : toldAnew(error, { where: stackPlace(root, error.stack ?? '') });
  const missing = missingImport(root, error);
  if (missing) return missing;
  const { message, stack = '' } = error instanceof Error ? error : new Error(String(error));
  return new PaperError('BadPaperModule', `${file} ${what}: ${message.trim().split('\n').at(-1)}`, {
    where: stackPlace(root, stack) ?? { file },
    hint: 'mend it there and run the same command again.',
    cause: error,
  });
};

/**
 * A module that an author wrote.
 *
 * @param file from the root
 * @param names what it has to export
 * @throws BadPaperModule when it is not there, does not parse, throws, or lacks an export; UnresolvedImport of what it
 *   imports; a named error of its own stays what it is
 */
export const importPaperModule = async <T>(
  root: string,
  file: string,
  names: readonly (keyof T & string)[],
): Promise<T> => {
  const path = join(root, file);
  if (!existsSync(path)) {
    throw new PaperError('BadPaperModule', `there is no ${file}.`, {
      details: [`expected a module that exports ${names.join(', ')}`],
      hint: `write it; those of another paper show how.`,
    });
  }
  let module: T & object;
  try {
    module = await import(pathToFileURL(path).href);
  } catch (error) {
    // As Node's linker says it: what is imported parses, and lacks a name.
    const isUnlinked =
      error instanceof SyntaxError && / does not provide an export named /.test(error.message);
    const ofSyntax = isUnlinked ? 'imports what is not there' : 'does not parse';
    const what = error instanceof SyntaxError ? ofSyntax : 'throws as it is loaded';
    throw failedModule(root, file, what, error);
  }
  const missing = names.filter((name) => !Object.hasOwn(module, name));
  if (missing.length === 0) return module;
  const text = readFileSync(path, 'utf8');
  const kept = new RegExp(`^(?:const|let|function|async function) ${missing[0]}\\b`, 'm').exec(text);
  throw new PaperError('BadPaperModule', `${file} does not export ${missing.join(', ')}.`, {
    where: kept ? positionAt(file, text, kept.index) : { file },
    details: [`expected ${names.join(', ')}`, `received ${Object.keys(module).join(', ') || 'no exports'}`],
    hint: kept
      ? `write \`export\` before it: \`export ${kept[0]}\`.`
      : `write \`export const ${missing[0]} = ...\` there.`,
  });
};
