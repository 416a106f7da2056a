import type { ColumnKind, FullColumn } from './full-table-layout.ts';

export interface ColumnSwitch {
  readonly kind: ColumnKind;
  readonly label: string;
  /** Whether its columns are there at first. */
  readonly on: boolean;
}

/** More columns are wider than a desktop's screen. */
const mostColumns = 12;

/**
 * What a reader may switch on or off in a table with one value a cell: what stands beside its figures is there at first as
 * far as it leaves the table in sight whole, what the original reports before all else.
 *
 * @param many what replicates are called
 */
export const columnSwitches = (
  columns: readonly Pick<FullColumn, 'kind' | 'null'>[],
  many: string,
): readonly ColumnSwitch[] => {
  const count = (...kinds: readonly ColumnKind[]): number =>
    columns.filter(({ kind }) => kinds.includes(kind)).length;
  const fits = (...kinds: readonly ColumnKind[]): boolean => count('key', 'figure', ...kinds) <= mostColumns;
  // A null that all rows share stands in heads alone, and takes no room.
  const isShared = count('null') === 0;
  const all: readonly ColumnSwitch[] = [
    { kind: 'interval', label: 'interval', on: fits('reported', 'interval') },
    { kind: 'reported', label: 'reported', on: fits('reported') },
    { kind: 'null', label: 'null', on: isShared || fits('reported', 'interval', 'null') },
    { kind: 'beside', label: 'further figures', on: false },
    { kind: 'seed', label: `each of the ${many}`, on: false },
  ];
  return all.filter(({ kind }) =>
    columns.some((column) => column.kind === kind || column.null?.kind === kind),
  );
};
