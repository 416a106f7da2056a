import { relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { SourcePosition } from '../stage/paper-error.ts';

/** The first place of an author's own in a stack; undefined where it has none. */
export const stackPlace = (root: string, stack: string): SourcePosition | undefined => {
  for (const [, url, line, column] of stack.matchAll(/((?:file:\/\/)?\/[^\s()]+?):(\d+)(?::(\d+))?/g)) {
    const path = relative(root, url!.startsWith('file:') ? fileURLToPath(url!) : url!);
    if (path.startsWith('..') || path.includes('node_modules') || /^src\/(engine|cli)\//.test(path)) continue;
    return { file: path, line: Number(line), ...(column ? { column: Number(column) } : {}) };
  }
  return undefined;
};
