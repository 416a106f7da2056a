import { ownOf } from '../../results/own-of.ts';
import type { PaperData } from '../../results/paper-data.ts';
import { rowKey } from '../../results/row-key.ts';

/**
 * Where a value stands among others of its kind, from the paper's own address on: a cell at its row of the table's page,
 * an aggregate below that table, a value of no table among such.
 */
export const valueAddress = ({ tables }: PaperData, id: string): string => {
  const [name = '', part = '', of = ''] = id.split('.');
  const table = ownOf(tables, name);
  if (!table) return `values/#${name}`;
  const isRow = table.replicates[0]!.rows.some((row) => rowKey(table, row) === part);
  return `tables/${name}/#${isRow ? part : `${part}.${of}`}`;
};
