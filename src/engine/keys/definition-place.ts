import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import escapeStringRegexp from 'escape-string-regexp';
import type { SourcePosition } from '../stage/paper-error.ts';
import type { StageCode } from '../stage/pipeline.ts';
import { exportNameOf } from './export-name.ts';

/** A module's place in the project, for people. */
export const moduleName = (root: string, { module }: Pick<StageCode, 'module'>): string =>
  relative(root, fileURLToPath(module));

/**
 * Where the author defines a stage: the line of its export, and for a program in another language the file alone.
 *
 * @throws StageNotExported
 */
export const definitionPlace = async (root: string, code: StageCode): Promise<SourcePosition> => {
  const file = moduleName(root, code);
  if (code.program) return { file };
  const name = escapeStringRegexp(await exportNameOf(root, code));
  const lines = readFileSync(fileURLToPath(code.module), 'utf8').split('\n');
  // A comment may name it too. What a list or a pattern exports is where code first names it.
  const places = [new RegExp(`^export\\b[^=]*\\b${name}\\b`), new RegExp(`^(?!\\s*[/*]).*\\b${name}\\b`)];
  const at = places.map((place) => lines.findIndex((line) => place.test(line))).find((found) => found >= 0);
  return { file, ...(at === undefined ? {} : { line: at + 1 }) };
};
