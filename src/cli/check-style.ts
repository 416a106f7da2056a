import { existsSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { PaperError } from '../engine/stage/index.ts';
import { faultsOf, foldersOf, packages } from './check-tool.ts';

/** Lint and format of papers, by the project's own rules. Faults: BadStyle, ToolFailed */
export const styleFaults = async (
  root: string,
  papers: readonly string[],
): Promise<readonly PaperError[]> => {
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
              // Of a file's layout it gives the file's first line, wherever the layout differs.
              ...(rule === 'format' ? {} : { line: Number(line), column: Number(column) }),
            },
            details: [`the rule is ${rule}`],
            hint: 'what can be mended by itself is: `node_modules/.bin/biome check --write content experiments`.',
          },
        ),
    ),
  );
};
