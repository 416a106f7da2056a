import { existsSync, readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import escapeStringRegexp from 'escape-string-regexp';
import { PaperError, type SourcePosition } from '../stage/paper-error.ts';
import { connectionStack, type Stage, type StageCode } from '../stage/pipeline.ts';
import { toldAnew } from '../stage/told-anew.ts';
import { exportNameOf } from './export-name.ts';
import { stackPlace } from './stack-place.ts';

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
  // It may have been removed while the stage ran.
  if (!existsSync(fileURLToPath(code.module))) return { file };
  const name = escapeStringRegexp(await exportNameOf(root, code));
  const lines = readFileSync(fileURLToPath(code.module), 'utf8').split('\n');
  // A comment may name it too. What a list or a pattern exports is where code first names it.
  const places = [new RegExp(`^export\\b[^=]*\\b${name}\\b`), new RegExp(`^(?!\\s*[/*]).*\\b${name}\\b`)];
  const at = places.map((place) => lines.findIndex((line) => place.test(line))).find((found) => found >= 0);
  return { file, ...(at === undefined ? {} : { line: at + 1 }) };
};

/** Where the author puts a stage into the graph; undefined of one that was put together by hand. */
export const connectionPlace = (root: string, stage: Stage): SourcePosition | undefined =>
  stackPlace(root, connectionStack(stage));

/**
 * What is wrong with how a stage is connected, told there: its parameters, its files from outside.
 *
 * @throws what `work` throws, with its place where it has none
 */
export const atConnection = <T>(root: string, stage: Stage, work: () => T): T => {
  try {
    return work();
  } catch (error) {
    if (!(error instanceof PaperError) || error.where) throw error;
    throw toldAnew(error, {
      where: connectionPlace(root, stage) ?? { file: moduleName(root, stage.code) },
    });
  }
};
