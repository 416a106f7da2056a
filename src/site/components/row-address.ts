import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { rowKey } from '../../results/row-key.ts';

/** The row of a table's own page where a value stands, from the paper's own address on; undefined for one that stands alone. */
export const rowAddress = ({ tables }: PaperData, id: string): string | undefined => {
  const [name = '', part = ''] = id.split('.');
  const table = ownOf(tables, name);
  if (!table) return undefined;
  const isRow = table.replicates[0]!.rows.some((row) => rowKey(table, row) === part);
  return `tables/${name}/${isRow ? `#${part}` : ''}`;
};
