import { existsSync, readFileSync } from 'node:fs';
import { isAbsolute, join, relative } from 'node:path';
import { PaperError } from '../engine/stage/index.ts';
import { faultsOf, foldersOf, packages } from './check-tool.ts';

/** What mends it, as far as a program can: a lint rule that is not sure of what was meant is asked for by name. */
const mending = (rule: string, file: string): string => {
  const lint = /^lint\/(.+)$/.exec(rule)?.[1];
  const biome = 'node_modules/.bin/biome';
  if (rule === 'parse') return 'mend it there: a program lays out only what it can read.';
  return lint === undefined
    ? `\`${biome} check --write ${file}\` mends it.`
    : `mend it there; what can be mended by itself is by \`${biome} lint --write --unsafe --only=${lint} ${file}\`.`;
};

const layoutFault = (root: string, file: string): string =>
  existsSync(join(root, file)) && readFileSync(join(root, file), 'utf8').includes('\r\n')
    ? 'its lines end as on Windows, by CR and LF, and those of the formatter by LF alone.'
    : 'the file is laid out otherwise than the formatter does.';

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
    ].map(([, rule = '', told = '', line, column, message = '']) => {
      const file = isAbsolute(told) ? relative(root, told) : told;
      return new PaperError('BadStyle', rule === 'format' ? layoutFault(root, file) : message.trim(), {
        where: {
          file,
          // Of a file's layout it gives the file's first line, wherever the layout differs.
          ...(rule === 'format' ? {} : { line: Number(line), column: Number(column) }),
        },
        details: [`the rule is ${rule}`],
        hint: mending(rule, file),
      });
    }),
  );
};
