import { existsSync, readFileSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PaperError, positionAt } from '../engine/stage/index.ts';

/** How the bundler of pages says it: of a file, and of a package. Files are told from the working directory. */
const unresolved = /(?:Could not resolve|failed to resolve import) ['"]([^'"]+)['"] (?:in|from) "?([^\s"]+)/;

/**
 * A file or a package that a page, or a part of one, names and that is not there: a picture in Markdown is an import too.
 *
 * @returns UnresolvedImport; undefined where something else was thrown
 */
export const unresolvedImport = (root: string, thrown: unknown): PaperError | undefined => {
  if (!(thrown instanceof Error)) return undefined;
  const [, name, told] = unresolved.exec(stripVTControlCharacters(thrown.message)) ?? [];
  if (name === undefined || told === undefined || !existsSync(told)) return undefined;
  const file = relative(root, resolve(told));
  const text = readFileSync(told, 'utf8');
  const at = text.indexOf(name);
  return new PaperError('UnresolvedImport', `a page names '${name}', which is not there.`, {
    where: at < 0 ? { file } : positionAt(file, text, at),
    hint: /^[./]/.test(name)
      ? 'paths are relative to the file that names them: mend the path, or add the file.'
      : `install the package, \`npm install --save-exact ${name}\`, or mend its name.`,
  });
};
