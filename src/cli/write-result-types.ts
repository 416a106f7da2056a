import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { flatColumns } from '../results/flat-table.ts';
import type { PaperData } from '../results/paper-data.ts';
import { writeKeptText } from './kept-record.ts';
import type { Paper } from './load-paper.ts';

const union = (names: readonly string[]): string => names.map((name) => JSON.stringify(name)).join(' | ');

/** What a paper's own files name. */
type NamedPaper = Pick<Paper, 'id' | 'figures' | 'claims'>;

/** Completes those that are known, and takes any. */
const orAny = '(string & {})';

/**
 * Names of a paper's results as a declaration, merged into what claims know: see src/claims/paper-names.ts.
 *
 * @param whole whether these are all; others are taken too while they are not
 */
const resultTypes = (
  { id: paper, figures, claims }: NamedPaper,
  { tables, values }: PaperData,
  whole: boolean,
): string => {
  const names = (known: readonly string[]): string =>
    [union(known), ...(whole ? [] : [orAny])].filter((part) => part !== '').join(' | ') || 'never';
  return [
    '// Written by each build, for editors and tsc: names of the results of this paper.',
    'interface ReproduciblePapers {',
    `  ${JSON.stringify(paper)}: {`,
    '    tables: {',
    ...Object.values(tables).map(
      (table) => `      ${JSON.stringify(table.id)}: ${names(flatColumns(table).map(({ id }) => id))};`,
    ),
    ...(whole ? [] : ['      [other: string]: string;']),
    '    };',
    `    values: ${names(Object.keys(values))};`,
    `    figures: ${union(figures.map(({ id }) => id)) || 'never'};`,
    `    claims: ${union(Object.keys(claims)) || 'never'};`,
    '  };',
    '}',
    '',
  ].join('\n');
};

/**
 * Leaves a file that says the same alone, so that no editor reads it again.
 *
 * @param whole whether these are all results of the paper
 */
export const writeResultTypes = (root: string, paper: NamedPaper, data: PaperData, whole = true): void => {
  const file = join(root, '.paper', 'types', `${paper.id}.d.ts`);
  const text = resultTypes(paper, data, whole);
  const isFile = statSync(file, { throwIfNoEntry: false })?.isFile();
  if (isFile && readFileSync(file, 'utf8') === text) return;
  writeKeptText(file, text);
};
