import { z } from 'zod';

/** Ids are kebab-case, the same in stage, file, results JSON and MDX. */
export const idSchema = z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'must be kebab-case');

/** A value's id: kebab-case parts between dots, for example `asymmetry.layer-0.ratio`. */
const valueIdSchema = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/, 'must be kebab-case parts between dots');

/** How a number is displayed. `share` multiplies by 100 and adds a per cent sign; raw data stay fractions. */
const formatSchema = z.discriminatedUnion('style', [
  z.strictObject({ style: z.literal('fixed'), digits: z.int().min(0).max(12) }),
  z.strictObject({ style: z.literal('signed'), digits: z.int().min(0).max(12) }),
  z.strictObject({ style: z.literal('share'), digits: z.int().min(0).max(12) }),
  z.strictObject({ style: z.literal('scientific'), digits: z.int().min(0).max(12) }),
  /** Digits from the first that is not zero: for a column whose rows are of different sizes. */
  z.strictObject({ style: z.literal('significant'), digits: z.int().min(1).max(12) }),
  z.strictObject({ style: z.literal('count') }),
]);

/** A finite number, a word, or null where the quantity is not defined (the table's note says why). */
const cellSchema = z.union([z.number(), z.string(), z.null()]);

const columnSchema = z.strictObject({
  id: idSchema,
  /** Plain text; parts between dollar signs are TeX. */
  label: z.string().min(1),
  unit: z.string().nullable(),
  /** Absent for columns of words. */
  format: formatSchema.optional(),
  /** What is printed for words of the column that are ids; plain text. */
  words: z.record(z.string(), z.string().min(1)).optional(),
  /** A column that stands beside another one: `null-low` and `null-high` bound its null's 95 % interval. */
  beside: z
    .strictObject({
      column: idSchema,
      role: z.enum([
        'null-low',
        'null-high',
        'null-mean',
        'null-sd',
        'p',
        'z',
        'init',
        'seed-mean',
        'seed-low',
        'seed-high',
        'seed',
      ]),
      /** The further seed that the column is of: `seed` is its own figure, any other role stands beside that. */
      seed: z.int().nonnegative().optional(),
    })
    .optional(),
});

const tableSchema = z.strictObject({
  kind: z.literal('table'),
  id: idSchema,
  /** The run that the rows describe, for example `v1` of seed 1; null when they describe none. */
  run: z.string().nullable(),
  columns: z.array(columnSchema).min(1),
  /** Columns that name a row, leading ones: words or layer numbers. The first one alone unless stated. */
  keys: z.array(idSchema).min(1).optional(),
  rows: z.array(z.record(idSchema, cellSchema)),
  /** How the null was drawn, if there is one; plain text. */
  nullModel: z.string().nullable(),
  /** Seeds that columns stand beside for; the rows' own figures are of the first one. */
  seeds: z
    .strictObject({
      numbers: z.array(z.int().nonnegative()).min(2),
      /** What is printed of them and where it comes from; plain text. */
      how: z.string(),
    })
    .optional(),
});

const valueSchema = z.strictObject({
  kind: z.literal('value'),
  id: valueIdSchema,
  value: z.union([z.number(), z.string()]),
  unit: z.string().nullable(),
  format: formatSchema.optional(),
});

/** Points of a figure: long format, one record a point. */
const seriesSchema = z.strictObject({
  kind: z.literal('series'),
  id: idSchema,
  columns: z.array(columnSchema).min(1),
  rows: z.array(z.record(idSchema, cellSchema)),
});

const resultSchema = z.discriminatedUnion('kind', [tableSchema, valueSchema, seriesSchema]);
/** A results file: everything one stage publishes. */
export const resultFileSchema = z.strictObject({ results: z.array(resultSchema) });

export type Format = z.output<typeof formatSchema>;
export type Cell = z.output<typeof cellSchema>;
export type Column = z.output<typeof columnSchema>;
export type Table = z.output<typeof tableSchema>;
export type Value = z.output<typeof valueSchema>;
export type Series = z.output<typeof seriesSchema>;
export type ResultFile = z.output<typeof resultFileSchema>;
