/**
 * How results are shown: `content/<paper>/tables.ts`. Words, formats and order are the page's alone, so that a change
 * of them reruns no stage.
 */
import { z } from 'zod';
import { nearestHint, PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { type AggregateName, aggregateNames } from './aggregates.ts';
import type { Format } from './format.ts';
import { labelParts } from './label-parts.ts';
import { type ReplicateWords, replicateWordsSchema, seedWords } from './replicate-words.ts';
import { idSchema } from './result-schema.ts';

const formatSchema: z.ZodType<Format> = z.discriminatedUnion('style', [
  z.strictObject({
    style: z.enum(['fixed', 'signed', 'share', 'scientific']),
    digits: z.int().min(0).max(12),
  }),
  z.strictObject({ style: z.literal('significant'), digits: z.int().min(1).max(12) }),
  z.strictObject({ style: z.literal('count') }),
]);

/** Whether the original gives a definition, it was inferred from what the original prints, or it is ours. */
const whoseSchema = z.enum(['theirs', 'inferred', 'ours']);

export type Whose = z.output<typeof whoseSchema>;

export const columnSchema = z.strictObject({
  /** Plain text; parts between dollar signs are TeX (see label-parts.ts). The id unless given. */
  label: z
    .string()
    .min(1)
    .refine(
      (label) => labelParts(label) !== undefined,
      "has a dollar sign that may begin a formula and does not: close it, or write \\\\$ for the sign itself, as in 'cost (\\\\$)'",
    )
    .optional(),
  /** In words, where the result's own unit would puzzle a reader. */
  unit: z.string().min(1).optional(),
  format: formatSchema.optional(),
  /** The column of what this one counts among: a row that has a number there is printed as a count. */
  countOf: idSchema.optional(),
  /** What the figure is, in words, with TeX between dollar signs. */
  definition: z.string().min(1).optional(),
  /** The table's unless given. */
  whose: whoseSchema.optional(),
  /** What the original's figure is called beside ours, where `reported` alone would mislead: `reported, not comparable`. */
  reported: z.string().min(1).optional(),
  /** What is printed for words of the column that are ids; plain text. */
  words: z.record(z.string(), z.string().min(1)).optional(),
});

const twoColumns = z.tuple([idSchema, idSchema]);

/** Which columns say of another one how sure it is, what a null gives and what the original has. */
const heldSchema = z.strictObject({
  /** Where its interval, or what replicates have, begins and ends. */
  range: twoColumns.optional(),
  /** Where the middle 95 % of the null begin and end. */
  null: twoColumns.optional(),
  /** The original's figure. */
  reported: idSchema.optional(),
});

export const tableSchema = z.strictObject({
  /** What the table is, as its own page and references to it call it: plain text, parts between dollar signs are TeX. */
  title: z.string().min(1).optional(),
  /** Whose the definitions of its figures are, where a column does not say otherwise. */
  whose: whoseSchema.optional(),
  /** What is printed large, and what `<Value>` prints, where there are replicates: their mean, or the first one. */
  headline: z.enum(['mean', 'first']).default('mean'),
  /** The columns that are printed, in this order; all of the result, as it has them, unless given. */
  columns: z.record(idSchema, columnSchema).optional(),
  /** What the null's draws are, in words. */
  null: z.string().min(1).optional(),
  /** What the figures are called that stand at a cell, by id. */
  beside: z.record(idSchema, z.string().min(1)).default({}),
  /** Of tables whose columns say it, by column: what its figures are held against. */
  held: z.record(idSchema, heldSchema).default({}),
  /**
   * Of figures whose own null another result has, such as that of a mean: by `<column>.<aggregate>` or `<row>.<column>`, the
   * names of the values where its middle 95 % begin and end.
   */
  nullOf: z.record(z.string(), z.tuple([z.string(), z.string()])).default({}),
  /** Rows of the original that sum up others, by key, and the aggregates of ours that answer to them. */
  summary: z.record(idSchema, z.array(z.enum(aggregateNames)).min(1).max(2)).default({}),
  /** What replicates are, in words: `{ one: 'seed', many: 'seeds' }` unless given. */
  replicates: replicateWordsSchema.default(seedWords),
});

const valueSchema = z.strictObject({
  headline: z.enum(['mean', 'first']).default('mean'),
  format: formatSchema.optional(),
  unit: z.string().min(1).optional(),
  /** As for a column of a table. */
  definition: columnSchema.shape.definition,
  whose: columnSchema.shape.whose,
});

const tablesSchema = z.record(idSchema, tableSchema);
const valuesSchema = z.record(idSchema, valueSchema);

/** As an author writes it. */
export type Tables = z.input<typeof tablesSchema>;
export type Values = z.input<typeof valuesSchema>;
export type Headline = 'mean' | 'first';

/** A column as the page shows it. */
export interface ShownColumn {
  readonly id: string;
  readonly label: string;
  /** null where there is none to print. */
  readonly unit: string | null;
  /** Absent for columns of words, and of numbers that are names. */
  readonly format?: Format;
  readonly countOf?: string;
  readonly words?: Readonly<Record<string, string>>;
  readonly definition?: string;
  readonly whose?: Whose;
  readonly reported?: string;
}

/** A table as the page shows it. */
export interface TablePresentation {
  readonly title: string;
  readonly headline: Headline;
  /** Every column of the flat form, by id. */
  readonly columns: Readonly<Record<string, ShownColumn>>;
  /** Ids of those that are printed, in this order. */
  readonly shown: readonly string[];
  readonly null: string | null;
  readonly beside: Readonly<Record<string, string>>;
  readonly held: Readonly<Record<string, z.output<typeof heldSchema>>>;
  readonly nullOf: Readonly<Record<string, readonly [low: string, high: string]>>;
  readonly summary: Readonly<Record<string, readonly AggregateName[]>>;
  readonly replicates: ReplicateWords;
}

export type ValuePresentation = z.output<typeof valueSchema>;

/** Of a value that tables.ts does not name. */
export const plainValue: ValuePresentation = valueSchema.parse({});

/** What `content/<paper>/tables.ts` exports. */
export interface Presentation {
  readonly tables: z.output<typeof tablesSchema>;
  readonly values: z.output<typeof valuesSchema>;
}

export const noPresentation: Presentation = { tables: {}, values: {} };

/** Where the author wrote what a path of keys names: `['tables', 'norms', 'columns', 'size']`. */
export type PlaceOfKey = (path: readonly string[]) => SourcePosition;

/** What an entry may say, by where it stands. */
const wordsAt = ([kind, , member, , field]: readonly string[]): readonly string[] => {
  if (field === 'format') return ['style', 'digits'];
  if (member === 'columns') return Object.keys(columnSchema.shape);
  return Object.keys(kind === 'values' ? valueSchema.shape : tableSchema.shape);
};

const formHint = (path: readonly string[]): string => {
  if (path.includes('format'))
    return "a format is made by a function of 'reproducible-paper/results': `format: fixed(2)`, or significant(3), share(1), signed(2), scientific(1), count.";
  if (path[0] === 'values')
    return "a value's entry is `{ headline, format, unit, definition, whose }`, each where it has one.";
  return "a table's entry has `columns: { <id>: { label, unit, format, words } }`, and may have `title`, `whose`, `headline`, `null`, `beside`, `held`, `nullOf`, `summary` and `replicates`.";
};

const faultsOf = (issue: z.core.$ZodIssue, placeOf: PlaceOfKey): readonly PaperError[] => {
  const path = issue.path.map(String);
  if (issue.code === 'unrecognized_keys') {
    const words = wordsAt(path);
    return issue.keys.map(
      (key) =>
        new PaperError('BadPresentation', `${path.join('.')} has '${key}', which nothing reads.`, {
          where: placeOf([...path, key]),
          details: [`expected ${words.join(', ')}`],
          hint: nearestHint(key, words),
        }),
    );
  }
  // What a rule of ours says is a sentence of the field.
  const isOurs = issue.code === 'custom';
  const what = isOurs ? issue.message : 'cannot be read as it stands';
  return [
    new PaperError('BadPresentation', `${path.join('.')} ${what}.`, {
      where: placeOf(path),
      details: isOurs
        ? []
        : [issue.message.replace(/^Invalid (?:input|option): /, '').replace(/^Too /, 'too ')],
      hint: formHint(path),
    }),
  ];
};

/** @throws BadPresentation naming the field, and after it what else is wrong, each with its place */
export const readPresentation = (
  module: { readonly tables?: unknown; readonly values?: unknown },
  file: string,
  placeOf: PlaceOfKey = () => ({ file }),
): Presentation => {
  const parsed = z
    .strictObject({ tables: tablesSchema.default({}), values: valuesSchema.default({}) })
    .safeParse({ tables: module.tables, values: module.values });
  if (parsed.success) return parsed.data;
  const [first, ...others] = parsed.error.issues.flatMap((issue) => faultsOf(issue, placeOf));
  const { name, message, where, details, hint } = first!;
  throw new PaperError(name, message, {
    where,
    details: [
      ...details,
      ...others.map((other) => {
        const { file: at = file, line } = other.where ?? {};
        return `${line === undefined ? at : `${at}:${line}`} ${other.message} ${other.hint}`;
      }),
    ],
    hint,
  });
};

/**
 * @param known everything that a whole build made
 * @throws UnknownTable, UnknownValue for entries of tables.ts that no stage answers
 */
export const requirePresented = (
  { tables, values }: Presentation,
  known: { readonly tables: object; readonly values: object },
  file: string,
  placeOf: PlaceOfKey = () => ({ file }),
): void => {
  for (const [kind, given, made] of [
    ['Table', tables, known.tables],
    ['Value', values, known.values],
  ] as const) {
    const unknown = Object.keys(given).find((id) => !Object.hasOwn(made, id));
    if (unknown === undefined) continue;
    throw new PaperError(`Unknown${kind}`, `no stage makes a ${kind.toLowerCase()} '${unknown}'.`, {
      where: placeOf([`${kind.toLowerCase()}s`, unknown]),
      hint: nearestHint(
        unknown,
        Object.keys(made).filter((id) => !id.includes('.')),
      ),
    });
  }
};
