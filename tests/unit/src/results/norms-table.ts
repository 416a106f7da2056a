/** A table, as read, for tests of what is made of one. */
import { presentTable } from '../../../../src/results/present-table.ts';
import { noPresentation, readPresentation, type Tables } from '../../../../src/results/presentation.ts';
import type { Row, Table } from '../../../../src/results/result-schema.ts';

/** Norms by matrix and layer. @param bySeed rows of each seed */
export const normsTable = (bySeed: Readonly<Record<number, readonly Row[]>> | readonly Row[]): Table => ({
  kind: 'table',
  id: 'norms',
  run: 'v1',
  columns: [
    { id: 'matrix', unit: null },
    { id: 'layer', unit: null },
    { id: 'size', unit: '1' },
  ],
  keys: ['matrix', 'layer'],
  replicates: Array.isArray(bySeed)
    ? [{ seed: null, rows: bySeed }]
    : Object.entries(bySeed).map(([seed, rows]) => ({ seed: Number(seed), rows })),
});

/** How it is shown, with what a tables.ts says of it. */
export const shownAs = (table: Table, given?: Tables[string]) =>
  presentTable(
    table,
    given ? readPresentation({ tables: { [table.id]: given } }, 'tables.ts') : noPresentation,
    'tables.ts',
  );
