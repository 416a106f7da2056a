import { readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Metafile } from 'esbuild';
import escapeStringRegexp from 'escape-string-regexp';
import type { SourcePosition } from '../stage/paper-error.ts';
import { positionAt } from '../stage/position-at.ts';
import { broken, untraceable } from './bundle-faults.ts';

/** Where something first stands in a source file. */
const placeIn = (root: string, file: string, what: RegExp): SourcePosition => {
  const text = readFileSync(join(root, file), 'utf8');
  return positionAt(file, text, Math.max(0, text.search(what)));
};

const patterned = /\b(import|require)\s*\(\s*`/;

/**
 * The folders in which the project's own imports are looked for, by the paths that they name, before links and endings
 * are made out: a new file there, or another link, may be found instead.
 *
 * @param parts files beside the bundle, by the names that it loads them by
 * @throws UntraceableImport for a pattern, StageCodeBroken for a file that is not there: where code catches the failure of
 *   an import, esbuild leaves both to the run
 */
export const foldersLooked = (
  root: string,
  { inputs }: Metafile,
  parts: ReadonlyMap<string, unknown>,
): ReadonlySet<string> => {
  const looked = new Set<string>();
  for (const [file, { imports }] of Object.entries(inputs)) {
    if (`/${file}`.includes('/node_modules/')) continue;
    for (const { path, original, external, kind } of imports) {
      const isLeft = external && path.startsWith('.') && !parts.has(path.slice(2));
      if (isLeft && path.includes('*')) throw untraceable(placeIn(root, file, patterned), path);
      // What is imported for its types alone is left as well.
      if (isLeft && kind !== 'import-statement') {
        const where = placeIn(root, file, new RegExp(escapeStringRegexp(path)));
        throw broken(`Could not resolve "${path}"`, where);
      }
      if (!original?.startsWith('.')) continue;
      const named = join(root, dirname(file), original);
      looked.add(dirname(named));
      if (statSync(named, { throwIfNoEntry: false })?.isDirectory()) looked.add(named);
    }
  }
  return looked;
};
