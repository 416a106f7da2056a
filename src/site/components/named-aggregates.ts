import { type AggregateName, aggregateNames, aggregateWords } from '../../results/aggregates.ts';
import { formatInterval } from '../../results/format-interval.ts';
import { formatNamed } from '../../results/format-value.ts';
import type { PaperData, TableData } from '../../results/paper-data.ts';
import type { ShownColumn } from '../../results/presentation.ts';
import type { PlacedSentence } from '../paper-pages.ts';
import { shownValue } from '../printed-numbers.ts';
import { intervalOf } from './panel-sources.ts';
import type { PrintedValue } from './table-layout.ts';

/** What a sentence prints of a whole column. */
export interface NamedAggregate {
  /** `<column>.<aggregate>`: its anchor on the table's page. */
  readonly name: string;
  readonly column: ShownColumn;
  readonly words: string;
  readonly printed: PrintedValue;
  /** The mean's 95 % interval, of several replicates that differ. */
  readonly interval: string | null;
  readonly each: readonly PrintedValue[];
  readonly sentences: readonly PlacedSentence[];
}

const printedValue = ({ values }: PaperData, id: string): PrintedValue => {
  const named = values[id]!;
  return { id, value: named.value, text: formatNamed(named) };
};

/** What each replicate has, where a reader can tell them apart. */
const eachOf = (data: PaperData, { replicates }: TableData, id: string): readonly PrintedValue[] => {
  const each = replicates
    .map(({ seed }) => `${id}.seed-${seed}`)
    .filter((of) => Object.hasOwn(data.values, of))
    .map((of) => printedValue(data, of));
  return new Set(each.map(({ text }) => text)).size > 1 ? each : [];
};

const intervalText = (data: PaperData, id: string): string | null => {
  const [, low, high] = intervalOf(data, id) ?? [];
  return low === undefined || high === undefined ? null : formatInterval(low, high, data.values[id]!.format);
};

/** The aggregates of a table that the paper's sentences print, in the order of its columns. */
export const namedAggregates = (
  data: PaperData,
  table: TableData,
  uses: ReadonlyMap<string, readonly PlacedSentence[]>,
): readonly NamedAggregate[] =>
  Object.values(table.presentation.columns).flatMap((column) =>
    aggregateNames.flatMap((aggregate: AggregateName) => {
      const name = `${column.id}.${aggregate}`;
      const id = `${table.id}.${name}`;
      const sentences = uses.get(id);
      if (!sentences || !Object.hasOwn(data.values, id)) return [];
      return [
        {
          name,
          column,
          words: aggregateWords[aggregate],
          printed: printedValue(data, shownValue(data, id).id),
          interval: intervalText(data, id),
          each: eachOf(data, table, id),
          sentences,
        },
      ];
    }),
  );
