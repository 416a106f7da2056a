/**
 * What a stage writes for the page: tables, series of points and single values, at full precision. Science alone: how
 * a column is called, rounded or ordered on the page is `content/<paper>/tables.ts` (see presentation.ts).
 */
import { z } from 'zod';

/** Ids are kebab-case, the same in stage, file, results JSON and MDX. */
export const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case');

const seedSchema = z.int().nonnegative();

/** A finite number, a word, or null where the quantity is not defined. */
const plainCellSchema = z.union([z.number(), z.string(), z.null()]);

/** What the draws of a null say about one cell: its middle 95 %, and where a test was made its p-value. */
const nullSummarySchema = z.strictObject({
  low: z.number(),
  high: z.number(),
  mean: z.number(),
  sd: z.number().nonnegative(),
  p: z.number().min(0).max(1).optional(),
});

/** A figure with what it is held against: its null, and any other figure that stands at it, by id. */
const heldCellSchema = z.strictObject({
  value: z.union([z.number(), z.null()]),
  null: nullSummarySchema.optional(),
  beside: z.record(idSchema, z.union([z.number(), z.null()])).optional(),
});

const cellSchema = z.union([plainCellSchema, heldCellSchema]);

const columnSchema = z.strictObject({
  id: idSchema,
  /** `1` for pure numbers; null for words, and for numbers that are names, such as a layer's. */
  unit: z.string().min(1).nullable(),
});

const rowSchema = z.record(idSchema, cellSchema);

/** Rows of one repetition, the same ones in each. */
const replicateSchema = z.strictObject({ seed: seedSchema, rows: z.array(rowSchema) });

/** Either of both: what is repeated with other seeds is written a replicate each, the first one leading. */
const rowsOrReplicates = {
  rows: z.array(rowSchema).optional(),
  replicates: z.array(replicateSchema).min(1).optional(),
};

const tableSchema = z.strictObject({
  kind: z.literal('table'),
  id: idSchema,
  /** The run that the rows describe, for example `trained`; null when they describe none. */
  run: z.string().nullable(),
  columns: z.array(columnSchema).min(1),
  /** Columns that name a row: words or numbers. The first one alone unless stated. */
  keys: z.array(idSchema).min(1).optional(),
  /** How many draws the nulls of its cells are made of, where there are any. */
  nullDraws: z.int().positive().optional(),
  ...rowsOrReplicates,
});

/** Points of a figure: long format, one record a point. */
const seriesSchema = z.strictObject({
  kind: z.literal('series'),
  id: idSchema,
  columns: z.array(columnSchema).min(1),
  ...rowsOrReplicates,
});

const valueSchema = z.strictObject({
  kind: z.literal('value'),
  id: idSchema,
  unit: z.string().min(1).nullable(),
  value: z.union([z.number(), z.string()]).optional(),
  replicates: z
    .array(z.strictObject({ seed: seedSchema, value: z.number() }))
    .min(1)
    .optional(),
});

/** A results file: everything one stage publishes. */
export const resultFileSchema = z.strictObject({
  results: z.array(z.discriminatedUnion('kind', [tableSchema, seriesSchema, valueSchema])).min(1),
});

export type PlainCell = z.output<typeof plainCellSchema>;
export type NullSummary = z.output<typeof nullSummarySchema>;
export type Cell = z.output<typeof cellSchema>;
export type Column = z.output<typeof columnSchema>;
export type Row = z.output<typeof rowSchema>;

/** As a stage writes it. */
export type ResultInput = z.output<typeof resultFileSchema>['results'][number];

/** One repetition; its seed is null where nothing was repeated. */
export interface Replicate {
  readonly seed: number | null;
  readonly rows: readonly Row[];
}

type InReplicates<T> = Readonly<Omit<T, 'rows' | 'replicates'>> & {
  readonly replicates: readonly Replicate[];
};

/** As everything else reads it: both ways of writing in one form. */
export type Table = InReplicates<z.output<typeof tableSchema>>;
export type Series = InReplicates<z.output<typeof seriesSchema>>;
export type Value = Readonly<Omit<z.output<typeof valueSchema>, 'value' | 'replicates'>> & {
  readonly replicates: readonly { readonly seed: number | null; readonly value: number | string }[];
};
export type Result = Table | Series | Value;
