import { type AggregateName, aggregateWords } from '../../results/aggregates.ts';
import { flatten } from '../../results/flat-table.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';
import { keyColumns, rowKey } from '../../results/row-key.ts';
import { rowWords } from '../../results/row-words.ts';
import { withoutReplicate } from '../value-uses.ts';

/** What stands behind a value's own name: of which replicates it is. */
const replicateWords = (suffix: string, { one, many }: { one: string; many: string }): string | undefined => {
  const seed = /^\.seed-(\d+)$/.exec(suffix)?.[1];
  if (seed !== undefined) return `${one} ${seed}`;
  const words: Readonly<Record<string, string>> = {
    '.seeds.mean': `mean over ${many}`,
    '.seeds.low': `lower end of the interval over ${many}`,
    '.seeds.high': `upper end of the interval over ${many}`,
    '.seeds.half-width': `half of the interval over ${many}`,
    '.seeds.min': `lowest of all ${many}`,
    '.seeds.max': `highest of all ${many}`,
  };
  return words[suffix];
};

/** The row that a name means, in words; undefined where there is none. */
const rowOf = (table: TableData, name: string): string | undefined => {
  const row = flatten(table).replicates[0]!.rows.find((candidate) => rowKey(table, candidate) === name);
  return row && rowWords(keyColumns(table), table.presentation.columns, row);
};

/**
 * A value in the words of its table, where parts between dollar signs are TeX: `rho, mean over all rows, seed 2`.
 *
 * @returns undefined for one that is no longer there
 */
export const valueWords = ({ tables }: Pick<PaperData, 'tables'>, id: string): string | undefined => {
  const name = withoutReplicate(id);
  const [first = '', second = '', third = ''] = name.split('.');
  const table = ownOf(tables, first);
  if (!table) return second === '' ? first.replaceAll('-', ' ') : undefined;
  const { columns, replicates } = table.presentation;
  const row = rowOf(table, second);
  const [column, of] =
    row === undefined
      ? [ownOf(columns, second), ownOf(aggregateWords, third as AggregateName)]
      : [ownOf(columns, third), row];
  if (!column || of === undefined) return undefined;
  const suffix = replicateWords(id.slice(name.length), replicates);
  return [column.label, of, ...(suffix === undefined ? [] : [suffix])].join(', ');
};
