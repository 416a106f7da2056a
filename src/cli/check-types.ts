import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { z } from 'zod';
import { digestOf } from '../engine/index.ts';
import { PaperError, sha256 } from '../engine/stage/index.ts';
import { faultsOf, foldersOf, packages } from './check-tool.ts';
import { clearPlace, readKept, writeKept, writeKeptText } from './kept-record.ts';
import { unlessKnownClean } from './known-clean.ts';

/** TypeScript's numbers of what does not parse. */
const ofSyntax = /^TS1[01]\d\d$/;

/** In a file that does not parse all that follows is guessed: the first mistake is the author's. */
export const faultsIn = (output: string): readonly PaperError[] => {
  const unparsed = new Set<string>();
  const found = [...output.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*(?:\n {2}.*)*)/gm)];
  return found.flatMap(([, file = '', line, column, code = '', message = '']) => {
    const isSyntax = ofSyntax.test(code);
    if (isSyntax && unparsed.has(file)) return [];
    if (isSyntax) unparsed.add(file);
    const [what = '', ...details] = message.split('\n').map((words) => words.trim());
    return new PaperError('BadType', what, {
      where: { file, line: Number(line), column: Number(column) },
      details,
      hint: `TypeScript calls it ${code}: what stands there ${isSyntax ? 'does not parse' : 'is not what its place takes'}.`,
    });
  });
};

const readIfThere = (path: string): string =>
  statSync(path, { throwIfNoEntry: false })?.isFile() ? readFileSync(path, 'utf8') : '';

/** Names alone of what a module could resolve to: a new one may stand before another. */
const moduleNames = (root: string): readonly string[] =>
  ['src', 'content', 'experiments', '.paper/types'].flatMap((place) => {
    const folder = join(root, place);
    if (!existsSync(folder)) return [];
    return readdirSync(folder, { recursive: true, encoding: 'utf8' })
      .filter((name) => /\.[cm]?[jt]sx?$|\.json$/.test(name) && !name.includes('node_modules'))
      .map((name) => join(place, name))
      .toSorted();
  });

/**
 * Types of the papers' modules, and of all that they import. What TypeScript found is kept for each choice of papers, so
 * that it looks again at what an edit reaches alone; and where nothing that it read was edited, it does not start.
 */
export const typeFaults = async (root: string, papers: readonly string[]): Promise<readonly PaperError[]> => {
  if (!existsSync(join(root, 'tsconfig.json'))) return [];
  const name = `types-${digestOf(papers).slice(0, 16)}`;
  const folder = join(root, '.paper', 'check', name);
  const config = JSON.stringify({
    extends: '../../../tsconfig.json',
    compilerOptions: { incremental: true, tsBuildInfoFile: './types.tsbuildinfo' },
    include: [
      ...foldersOf(papers).map((path) => `../../../${path}`),
      // Modules without types of their own are declared beside what imports them.
      '../../../src/**/*.d.ts',
      '../../types',
    ],
    exclude: ['../../../**/node_modules'],
  });
  writeKeptText(join(folder, 'tsconfig.json'), config);
  clearPlace(join(folder, 'types.tsbuildinfo'));
  const listFile = join(folder, 'files.json');
  const keyOf = (): string =>
    digestOf([
      config,
      readIfThere(join(root, 'tsconfig.json')),
      readIfThere(join(root, 'package-lock.json')),
      moduleNames(root),
      (readKept(listFile, z.array(z.string())) ?? []).map((path) => [
        path,
        sha256(readIfThere(join(root, path))),
      ]),
    ]);
  return unlessKnownClean(root, join(name, 'clean'), keyOf, () => {
    const words = [join(packages, 'typescript-native/bin/tsc'), '--noEmit', '--listFiles', '-p', folder];
    return faultsOf(root, words, (output) => {
      const read = output.split('\n').filter((line) => existsSync(line));
      writeKept(
        listFile,
        read.map((path) => relative(root, path)),
      );
      return faultsIn(output);
    });
  });
};
