import { z } from 'zod';
import { PaperError } from '../engine/stage/index.ts';
import { readJson } from './read-json.ts';
import { idSchema, type Table } from './result-schema.ts';
import { rowKey } from './row-key.ts';

/** A figure as printed (it stands for the interval that rounds to it), a range of two, a word or a flag. */
const reportedCellSchema = z.union([
  z.string(),
  z.tuple([z.string(), z.string()]),
  z.number(),
  z.boolean(),
  z.null(),
]);

/** A number has lost the digits that were printed: `5.10` is 5.1. */
const figuresAsText = (
  { columns, rows }: z.output<typeof plainTableSchema>,
  context: z.RefinementCtx<z.output<typeof plainTableSchema>>,
): void => {
  for (const { id } of columns.filter(({ unit }) => unit !== null)) {
    const at = rows.findIndex((row) => typeof row[id] === 'number');
    if (at < 0) continue;
    context.addIssue({
      code: 'custom',
      path: ['rows', at, id],
      message: 'expected a figure in quotation marks, as printed',
    });
  }
};

const plainTableSchema = z.strictObject({
  columns: z.array(z.strictObject({ id: idSchema, label: z.string(), unit: z.string().nullable() })).min(1),
  rows: z.array(z.record(idSchema, reportedCellSchema)),
  note: z.string().optional(),
  inferred: z.string().optional(),
});
const reportedTableSchema = plainTableSchema.superRefine(figuresAsText);

/** What the original reports: `reported.json`. */
const reportedSchema = z.strictObject({
  /** Which original, and what else is to be said of it: for those who read the file. */
  paper: z.unknown().optional(),
  note: z.unknown().optional(),
  setting: z.record(z.string(), z.unknown()).default({}),
  tables: z.record(idSchema, reportedTableSchema),
  statements: z
    .array(
      z.strictObject({
        id: idSchema,
        where: z.string(),
        fact: z.string(),
        low: z.string().optional(),
        high: z.string().optional(),
        about: z.string().optional(),
      }),
    )
    .default([]),
});

export type ReportedCell = z.output<typeof reportedCellSchema>;
export type ReportedTable = z.output<typeof reportedTableSchema>;
export type Reported = z.output<typeof reportedSchema>;

/** Of a paper that is nobody's reproduction. */
export const nothingReported: Reported = { setting: {}, tables: {}, statements: [] };

/** @throws BadReportedFile with line and column */
export const readReported = (text: string, file: string): Reported => {
  const { value, at } = readJson(
    text,
    file,
    (what, where) =>
      new PaperError('BadReportedFile', `${file} ${what}.`, {
        where,
        hint: 'check the commas, quotation marks and brackets there.',
      }),
  );
  const parsed = reportedSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  // A key that is misspelt is missing as well: the one that stands there is told.
  const { issues } = parsed.error;
  const issue = issues.find(({ code }) => code === 'unrecognized_keys') ?? issues[0]!;
  const { path, message } = issue;
  const { where, written } = at(issue.code === 'unrecognized_keys' ? [...path, issue.keys[0]!] : path);
  throw new PaperError(
    'BadReportedFile',
    `${file} does not hold reported figures: ${path.join('.') || 'the whole'}: ${message}.`,
    {
      where,
      details: [`received ${written.slice(0, 60)}`],
      hint: 'figures are strings that keep the printed precision, or a pair of them for a range; the guide has the whole form.',
    },
  );
};

/** A reported row's key, by the computed table's way of naming rows. */
export const reportedRowKey = (table: Table, row: Readonly<Record<string, ReportedCell>>): string =>
  rowKey(
    table,
    Object.fromEntries(
      Object.entries(row).map(([id, cell]) => [id, typeof cell === 'number' ? cell : String(cell)]),
    ),
  );
