import { execFile } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { basename, isAbsolute, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PaperError } from '../engine/stage/index.ts';

const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

/**
 * What a tool found.
 *
 * @param read its output as mistakes
 * @returns ToolFailed alone for one that ends badly and tells no mistake: silence would pass for none
 */
const faultsOf = (
  root: string,
  words: readonly string[],
  read: (output: string) => readonly PaperError[],
): Promise<readonly PaperError[]> =>
  new Promise((resolve) => {
    execFile(process.execPath, words, { cwd: root, maxBuffer: 2 ** 26 }, (failure, stdout, stderr) => {
      const faults = read(`${stdout}${stderr}`);
      if (!failure || faults.length > 0) return resolve(faults);
      const tool = basename(words[0] ?? '');
      const lines = `${stderr}${stdout}`.split('\n').filter((line) => line.trim() !== '');
      resolve([
        new PaperError('ToolFailed', `${tool} ended without saying what is wrong.`, {
          details: lines.slice(0, 5),
          hint: `see that its settings, ${tool === 'tsc' ? 'tsconfig.json' : 'biome.json'}, are in order.`,
        }),
      ]);
    });
  });

const foldersOf = (papers: readonly string[]): readonly string[] =>
  papers.flatMap((paper) => [`content/${paper}`, `experiments/${paper}`]);

/** Types of the papers' modules, and of all that they import. What was found is kept, so that a second look is short. */
const typeFaults = async (root: string, papers: readonly string[]): Promise<readonly PaperError[]> => {
  if (!existsSync(join(root, 'tsconfig.json'))) return [];
  const folder = join(root, '.paper', 'check');
  mkdirSync(folder, { recursive: true });
  const config = {
    extends: '../../tsconfig.json',
    compilerOptions: { incremental: true, tsBuildInfoFile: './types.tsbuildinfo' },
    include: [...foldersOf(papers).map((path) => `../../${path}`), '../../src/numerics/*.d.ts', '../types'],
    exclude: ['../../**/node_modules'],
  };
  writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(config));
  const read = (output: string) =>
    [...output.matchAll(/^(.+?)\((\d+),(\d+)\): error (TS\d+): (.*(?:\n {2}.*)*)/gm)].map(
      ([, file = '', line, column, code, message = '']) => {
        const [what = '', ...details] = message.split('\n').map((words) => words.trim());
        return new PaperError('BadType', what, {
          where: { file, line: Number(line), column: Number(column) },
          details,
          hint: `TypeScript calls it ${code}: what stands there is not what its place takes.`,
        });
      },
    );
  return faultsOf(root, [join(packages, 'typescript/bin/tsc'), '--noEmit', '-p', folder], read);
};

/** Lint and format, by the project's own rules. */
const lintFaults = async (root: string, papers: readonly string[]): Promise<readonly PaperError[]> => {
  if (!existsSync(join(root, 'biome.json'))) return [];
  const words = [
    join(packages, '@biomejs/biome/bin/biome'),
    'check',
    '--reporter=github',
    '--error-on-warnings',
    ...foldersOf(papers),
  ];
  return faultsOf(root, words, (output) =>
    [
      ...output.matchAll(
        /^::(?:error|warning) title=([^,]*),file=([^,]*),line=(\d+),.*?col=(\d+).*?::(.*)$/gm,
      ),
    ].map(
      ([, rule, file = '', line, column, message = '']) =>
        new PaperError(
          'BadStyle',
          rule === 'format' ? 'the file is laid out otherwise than the formatter does.' : message.trim(),
          {
            where: {
              file: isAbsolute(file) ? relative(root, file) : file,
              line: Number(line),
              column: Number(column),
            },
            details: [`the rule is ${rule}`],
            hint: 'what can be mended by itself is: `node_modules/.bin/biome check --write content experiments`.',
          },
        ),
    ),
  );
};

/** Types, lint and format of papers. Faults: BadType, BadStyle, ToolFailed */
export const codeFaults = async (root: string, papers: readonly string[]): Promise<readonly PaperError[]> =>
  (await Promise.all([typeFaults(root, papers), lintFaults(root, papers)])).flat();
