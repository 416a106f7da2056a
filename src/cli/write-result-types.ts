import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { flatten } from '../results/flat-table.ts';
import type { PaperData } from '../results/paper-data.ts';

const union = (names: readonly string[]): string =>
  names.length === 0 ? 'never' : names.map((name) => JSON.stringify(name)).join(' | ');

/** Names of a paper's results as a declaration, merged into what claims know: see src/claims/paper-names.ts. */
export const resultTypes = ({ paper, tables, values }: PaperData): string =>
  [
    '// Written by each build, for editors and tsc: names of the results of this paper.',
    'interface ReproduciblePapers {',
    `  ${JSON.stringify(paper)}: {`,
    '    tables: {',
    ...Object.values(tables).map(
      (table) => `      ${JSON.stringify(table.id)}: ${union(flatten(table).columns.map(({ id }) => id))};`,
    ),
    '    };',
    `    values: ${union(Object.keys(values))};`,
    '  };',
    '}',
    '',
  ].join('\n');

/** Leaves a file that says the same alone, so that no editor reads it again. */
export const writeResultTypes = (root: string, data: PaperData): void => {
  const folder = join(root, '.paper', 'types');
  const file = join(folder, `${data.paper}.d.ts`);
  const text = resultTypes(data);
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return;
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, text);
};
