/** A table as its page shows it: what the result has, in the words and formats of tables.ts. */
import { closest, distance } from 'fastest-levenshtein';
import type { z } from 'zod';
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type FlatColumn, flatColumns } from './flat-table.ts';
import { type Format, fixed, significant } from './format.ts';
import {
  type columnSchema,
  type PlaceOfKey,
  type Presentation,
  type ShownColumn,
  type TablePresentation,
  tableSchema,
  type Whose,
} from './presentation.ts';
import type { Column, Table } from './result-schema.ts';
import { keyColumns } from './row-key.ts';

/** Numbers without a format of their own have so many digits. */
const plainNumber = significant(4);

const roleWords: Readonly<Record<string, string>> = {
  'null-low': 'null, lower bound',
  'null-high': 'null, upper bound',
  'null-mean': 'null, mean',
  'null-sd': 'null, standard deviation',
  p: 'p',
};

/** What a column is that stands beside another one, where its author says no more. */
const roleDefinition = (role: string, { label, definition }: ShownColumn): string | undefined => {
  const words = roleWords[role];
  return words === undefined || definition === undefined
    ? undefined
    : `${words} of “${label}”: ${definition}`;
};

/** Every number in a column. */
const numbersIn = ({ replicates }: Table, id: string): readonly number[] =>
  replicates
    .flatMap(({ rows }) => rows.map(({ [id]: cell }) => (typeof cell === 'object' ? cell?.value : cell)))
    .filter((value) => typeof value === 'number');

/** How numbers are printed of which nothing is said: whole ones as they are. */
export const defaultFormat = (numbers: readonly number[]): Format | undefined =>
  numbers.every(Number.isInteger) ? undefined : plainNumber;

const showColumn = (
  table: Table,
  { id, unit }: Column,
  given: z.output<typeof columnSchema> = {},
  whoseTable: Whose | undefined,
): ShownColumn => {
  const isKey = keyColumns(table).includes(id);
  // Numbers that name a row, such as a layer's, print as they are.
  const format = given.format ?? (isKey ? undefined : defaultFormat(numbersIn(table, id)));
  const whose = given.whose ?? (isKey ? undefined : whoseTable);
  return {
    id,
    label: given.label ?? id,
    unit: given.unit ?? unit,
    ...(format ? { format } : {}),
    ...(given.countOf ? { countOf: given.countOf } : {}),
    ...(given.words ? { words: given.words } : {}),
    ...(given.definition ? { definition: given.definition } : {}),
    ...(whose ? { whose } : {}),
    ...(given.reported ? { reported: given.reported } : {}),
  };
};

/** A column that stands beside another one prints as that one does; a p-value as p-values do. */
const showBeside = (
  { id, unit, beside }: FlatColumn & Required<Pick<FlatColumn, 'beside'>>,
  of: ShownColumn,
  words: Readonly<Record<string, string>>,
  given: z.output<typeof columnSchema> = {},
): ShownColumn => {
  const format = given.format ?? (beside.role === 'p' ? fixed(3) : of.format);
  const definition = given.definition ?? roleDefinition(beside.role, of);
  const whose = given.whose ?? (given.definition ? undefined : of.whose);
  return {
    id,
    label: given.label ?? `${of.label}, ${roleWords[beside.role] ?? words[beside.role] ?? beside.role}`,
    unit: given.unit ?? unit,
    ...(format ? { format } : {}),
    ...(definition ? { definition } : {}),
    ...(definition && whose ? { whose } : {}),
  };
};

/** Every word in a column. */
const wordsIn = ({ replicates }: Table, id: string): ReadonlySet<string> =>
  new Set(
    replicates.flatMap(({ rows }) =>
      rows.flatMap(({ [id]: cell }) => (typeof cell === 'string' ? [cell] : [])),
    ),
  );

/** A word that stands for one of these was most likely meant to be it. */
const nearShare = 0.4;

/**
 * A word that no row has may be of another profile. But where a row's word has none of its own, and is nearly the same, it
 * is misspelt, and the page would print the row's as it is.
 *
 * @throws UnknownWord
 */
const requireWords = (
  table: Table,
  id: string,
  words: Readonly<Record<string, string>>,
  placeOf: PlaceOfKey,
) => {
  const had = wordsIn(table, id);
  const bare = [...had].filter((word) => !Object.hasOwn(words, word));
  if (bare.length === 0) return;
  for (const word of Object.keys(words)) {
    const near = closest(word, bare);
    if (had.has(word) || distance(word, near) > nearShare * near.length) continue;
    throw new PaperError(
      'UnknownWord',
      `no row of table '${table.id}' has '${word}' in its column '${id}'.`,
      {
        where: placeOf(['tables', table.id, 'columns', id, 'words', word]),
        details: [`expected one of ${[...had].join(', ')}`],
        hint: nearestHint(word, bare),
      },
    );
  }
};

/** What a table is called that is given no title. */
const titleOf = (id: string): string => `${id.charAt(0).toUpperCase()}${id.slice(1).replaceAll('-', ' ')}`;

const unknownColumn = (
  { id: table }: Table,
  column: string,
  path: readonly string[],
  columns: Readonly<Record<string, ShownColumn>>,
  placeOf: PlaceOfKey,
): PaperError =>
  new PaperError('UnknownColumn', `table '${table}' has no column '${column}'.`, {
    where: placeOf(['tables', table, ...path]),
    details: [`expected one of ${Object.keys(columns).join(', ')}`],
    hint: nearestHint(column, Object.keys(columns)),
  });

/**
 * @param file that the presentation stands in, for errors
 * @throws UnknownColumn where it names a column that the table does not have; UnknownWord
 */
export const presentTable = (
  table: Table,
  { tables }: Presentation,
  file: string,
  placeOf: PlaceOfKey = () => ({ file }),
): TablePresentation => {
  const {
    title = titleOf(table.id),
    columns: given = {},
    null: nullWords = null,
    whose,
    ...rest
  } = tables[table.id] ?? tableSchema.parse({});
  const columns: Record<string, ShownColumn> = {};
  for (const column of flatColumns(table)) {
    const { id, beside } = column;
    columns[id] = beside
      ? showBeside({ ...column, beside }, columns[beside.column]!, rest.beside, given[id])
      : showColumn(table, column, given[id], whose);
  }
  const unknown = Object.keys(given).find((id) => !Object.hasOwn(columns, id));
  if (unknown !== undefined) throw unknownColumn(table, unknown, ['columns', unknown], columns, placeOf);
  for (const [id, { range = [], null: bounds = [], reported }] of Object.entries(rest.held)) {
    const named = [id, ...range, ...bounds, ...(reported === undefined ? [] : [reported])];
    const gone = named.find((column) => !Object.hasOwn(columns, column));
    if (gone !== undefined) throw unknownColumn(table, gone, ['held', id], columns, placeOf);
  }
  for (const [id, { words = {}, countOf }] of Object.entries(given)) {
    requireWords(table, id, words, placeOf);
    if (countOf !== undefined && !Object.hasOwn(columns, countOf))
      throw unknownColumn(table, countOf, ['columns', id, 'countOf'], columns, placeOf);
  }
  const named = Object.keys(given);
  return {
    ...rest,
    title,
    null: nullWords,
    columns,
    shown: named.length > 0 ? named : table.columns.map(({ id }) => id),
  };
};
