import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { moduleName, sha256 } from '../engine/index.ts';
import type { GivenPaper } from '../site/site-build.ts';
import type { ComputedPaper } from './compute-paper.ts';

/** What can be read as lines; a file of bytes is told by its digest in provenance.json alone. */
const isText = (text: string): boolean => !text.includes('\0');

/** The files of the project that stages' keys hold as code, as they were read for the pages that show them. */
export const codeFiles = (
  root: string,
  finished: ComputedPaper['finished'],
): Exclude<GivenPaper['code'], undefined> => {
  const stages = new Map<string, number>();
  for (const { program } of finished.values())
    for (const file of program.files) stages.set(file, (stages.get(file) ?? 0) + 1);
  // A program of another language is named by a module whose own text no key holds.
  for (const { stage } of finished.values()) {
    const file = moduleName(root, stage.code);
    stages.set(file, stages.get(file) ?? 0);
  }
  return Object.fromEntries(
    [...stages]
      .filter(([file]) => !file.startsWith('.') && existsSync(join(root, file)))
      .toSorted(([a], [b]) => (a < b ? -1 : 1))
      .map(
        ([file, count]) => [file, { text: readFileSync(join(root, file), 'utf8'), stages: count }] as const,
      )
      .filter(([, { text }]) => isText(text))
      .map(([file, of]) => [file, { ...of, digest: sha256(of.text) }]),
  );
};
