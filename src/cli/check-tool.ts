import { execFile } from 'node:child_process';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { PaperError } from '../engine/stage/index.ts';

/** Where the project's tools are installed. */
export const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));

/** Where a paper's modules lie, from the root. */
export const foldersOf = (papers: readonly string[]): readonly string[] =>
  papers.flatMap((paper) => [`content/${paper}`, `experiments/${paper}`]);

/**
 * What a tool found.
 *
 * @param read its output as mistakes
 * @returns ToolFailed alone for one that ends badly and tells no mistake: silence would pass for none
 */
export const faultsOf = (
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
