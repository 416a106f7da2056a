/** UnresolvedImport: what a page or a module names and that is not there, told at the line that names it. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';
import { stripVTControlCharacters } from 'node:util';
import { PaperError, positionAt } from '../engine/stage/index.ts';

/** How the bundler of pages says it: of a file, and of a package. Files are told from the working directory. */
const unresolved = /(?:Could not resolve|failed to resolve import) ['"]([^'"]+)['"] (?:in|from) "?([^\s"]+)/;

/** How Node says it: a file by its whole path, a package by its name, and of the importing module no line. */
const notFound = /^Cannot find (?:module|package) '([^']+)' imported from (.+?)\.?$/m;

/** @param importer absolute @param name as it stands there */
const unresolvedIn = (root: string, importer: string, name: string, what: string): PaperError => {
  const file = relative(root, importer);
  const text = readFileSync(importer, 'utf8');
  const at = text.indexOf(name);
  return new PaperError('UnresolvedImport', `${what} names '${name}', which is not there.`, {
    where: at < 0 ? { file } : positionAt(file, text, at),
    hint: /^[./]/.test(name)
      ? 'paths are relative to the file that names them: mend the path, or add the file.'
      : `install the package, \`npm install --save-exact ${name}\`, or mend its name.`,
  });
};

/**
 * A file or a package that a page, or a part of one, names and that is not there: a picture in Markdown is an import too.
 *
 * @returns undefined where something else was thrown
 */
export const unresolvedImport = (root: string, thrown: unknown): PaperError | undefined => {
  if (!(thrown instanceof Error)) return undefined;
  const [, name, told] = unresolved.exec(stripVTControlCharacters(thrown.message)) ?? [];
  if (name === undefined || told === undefined || !existsSync(told)) return undefined;
  return unresolvedIn(root, resolve(told), name, 'a page');
};

/** The same of a module that Node loads. @returns undefined where something else was thrown */
export const missingImport = (root: string, thrown: unknown): PaperError | undefined => {
  if (!(thrown instanceof Error)) return undefined;
  const [, sought, importer] = notFound.exec(thrown.message) ?? [];
  if (sought === undefined || importer === undefined || !existsSync(importer)) return undefined;
  const texts = [...readFileSync(importer, 'utf8').matchAll(/(['"])([^'"\n]+)\1/g)].map(
    ([, , text = '']) => text,
  );
  const isSought = (text: string): boolean =>
    text.startsWith('.') ? resolve(dirname(importer), text) === sought : text === sought;
  const name = texts.find(isSought) ?? sought;
  return unresolvedIn(root, importer, name, relative(root, importer));
};
