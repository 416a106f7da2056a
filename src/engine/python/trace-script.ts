import { isAbsolute, relative } from 'node:path';
import type { Trace } from '../keys/program.ts';

/** Of a traceback, whose last place is where it stopped. */
const places = /^ +File "([^"]+)", line (\d+)/gm;

/** @param own absolute paths of the files that the author wrote for the script */
export const traceScript = (root: string, own: readonly string[], written: string): Trace => {
  const found = [...written.matchAll(places)].filter(
    ([, file = '']) => isAbsolute(file) && own.includes(file),
  );
  const [, file, line] = found.at(-1) ?? [];
  return {
    written,
    where: file === undefined ? undefined : { file: relative(root, file), line: Number(line) },
    isAuthors: file !== undefined,
    thrown: file === undefined ? undefined : written.trimEnd().split('\n').at(-1),
  };
};
