export type DatasetRow = Readonly<Record<string, number | string | null>>;
/** Rows by the name that a specification gives as its data. */
export type Datasets = Readonly<Record<string, readonly DatasetRow[]>>;

/** Those of any row, in the order in which they come. */
export const columnsOf = (rows: readonly DatasetRow[]): readonly string[] => [
  ...new Set(rows.flatMap((row) => Object.keys(row))),
];
