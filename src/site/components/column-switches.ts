import { type ColumnKind, type FullColumn, mostColumns } from './full-table-layout.ts';

export interface ColumnSwitch {
  readonly kind: ColumnKind | 'further';
  /** With how many columns it is of, where they are folded away at first. */
  readonly label: string;
  /** Whether its columns are there at first. */
  readonly on: boolean;
}

/**
 * What a reader may switch on or off in a table with one value a cell: what stands beside its figures is there at first as
 * far as it leaves the table in sight whole, what the original reports before all else.
 *
 * @param many what replicates are called
 */
export const columnSwitches = (
  columns: readonly Pick<FullColumn, 'kind' | 'null' | 'isFurther'>[],
  many: string,
): readonly ColumnSwitch[] => {
  const further = columns.filter(({ kind, isFurther }) => isFurther && kind === 'figure').length;
  const count = (...kinds: readonly ColumnKind[]): number =>
    columns.filter(({ kind }) => kinds.includes(kind)).length;
  const fits = (...kinds: readonly ColumnKind[]): boolean =>
    further === 0 && count('key', 'figure', ...kinds) <= mostColumns;
  // A null that all rows share stands in heads alone, and takes no room.
  const isShared = count('null') === 0;
  const all: readonly ColumnSwitch[] = [
    { kind: 'interval', label: 'interval', on: fits('reported', 'interval') },
    { kind: 'reported', label: 'reported', on: fits('reported') },
    { kind: 'null', label: 'null', on: isShared || fits('reported', 'interval', 'null') },
    { kind: 'beside', label: 'further figures', on: false },
    { kind: 'seed', label: `each of the ${many}`, on: false },
    { kind: 'further', label: 'further columns', on: false },
  ];
  const countOf = (kind: ColumnSwitch['kind']): number => (kind === 'further' ? further : count(kind));
  return all
    .filter(({ kind }) => countOf(kind) > 0 || columns.some((column) => column.null?.kind === kind))
    .map((of) => (of.on ? of : { ...of, label: `${of.label} (${countOf(of.kind)})` }));
};
