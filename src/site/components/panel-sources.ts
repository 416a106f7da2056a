/** What panels are filled from besides figures themselves. */
import { flatten } from '../../results/flat-table.ts';
import { ownOf } from '../../results/own-of.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';
import { rowKey } from '../../results/row-key.ts';
import type { MeanInterval, TableJson } from '../client/table-json.ts';
import type { PlacedSentence } from '../paper-pages.ts';

/**
 * Mean and interval over the replicates of a value; null where it has not several that differ, and of an extreme, which is
 * that of all replicates.
 */
export const intervalOf = ({ values }: PaperData, id: string): MeanInterval | null => {
  if (['min', 'max'].some((of) => Object.hasOwn(values, `${id}.seeds.${of}`))) return null;
  const [mean, low, high] = ['mean', 'low', 'high'].map((of) => ownOf(values, `${id}.seeds.${of}`)?.value);
  return typeof mean === 'number' && typeof low === 'number' && typeof high === 'number'
    ? [mean, low, high]
    : null;
};

/** Of a table, which sentences print which of its figures, by their names within it. */
export const sentencesIn = (
  table: string,
  uses: ReadonlyMap<string, readonly PlacedSentence[]>,
): TableJson['sentences'] =>
  Object.fromEntries(
    [...uses]
      .filter(([id]) => id.startsWith(`${table}.`))
      .map(([id, sentences]) => [id.slice(table.length + 1), sentences]),
  );

/** Of a table's figures whose own null another result has: its bounds, and the title of where they stand. */
export const nullsIn = (
  { values, tables }: PaperData,
  { presentation }: Pick<TableData, 'presentation'>,
): TableJson['nulls'] =>
  Object.fromEntries(
    Object.entries(presentation.nullOf).flatMap(([name, [from, to]]) => {
      const [low, high] = [from, to].map((id) => values[id]?.value);
      const table = ownOf(tables, from.split('.')[0] ?? '');
      const title = table?.presentation.title ?? from;
      return typeof low === 'number' && typeof high === 'number' ? [[name, [low, high, title]]] : [];
    }),
  );

/** The names of a table's figures that it prints, or sentences do: cells, and aggregates of columns. */
const figureNames = (table: TableData, sentences: TableJson['sentences']): ReadonlySet<string> => {
  const { columns, replicates } = flatten(table);
  const rows = replicates[0]!.rows.map((row) => rowKey(table, row));
  const sums = Object.values(table.presentation.summary).flat();
  return new Set([
    ...Object.keys(sentences),
    ...columns.flatMap(({ id }) => [
      ...rows.map((row) => `${row}.${id}`),
      ...sums.map((sum) => `${id}.${sum}`),
    ]),
  ]);
};

/** Mean and interval of each that differs between replicates. */
export const intervalsIn = (
  data: PaperData,
  table: TableData,
  sentences: TableJson['sentences'],
): TableJson['intervals'] =>
  Object.fromEntries(
    [...figureNames(table, sentences)].flatMap((name) => {
      const interval = intervalOf(data, `${table.id}.${name}`);
      return interval ? [[name, interval]] : [];
    }),
  );
