import { type AggregateName, aggregateOf, aggregateWords } from '../../results/aggregates.ts';
import { formatCell } from '../../results/format-value.ts';
import { raisedText } from '../../results/number-text.ts';
import { rowKey } from '../../results/row-key.ts';
import { rowParts } from '../../results/row-words.ts';
import { withoutReplicate } from '../value-uses.ts';
import { digits } from './digits.ts';
import { nullOfCell, nullOfColumn, nullOfFigure, numberAt } from './null-text.ts';
import { definitionOf, type PanelFacts, sureText } from './panel-facts.ts';
import { type ReplicatePart, replicatePart } from './replicate-part.ts';
import { inRowForm, type Row, type TableJson } from './table-json.ts';

/** A figure of a table by its parts: of a row, or an aggregate over all. */
interface Asked {
  /** `<row>.<column>` or `<column>.<aggregate>`. */
  readonly name: string;
  readonly column: string;
  readonly row: Row | undefined;
  readonly aggregate: AggregateName | undefined;
  readonly part: ReplicatePart | undefined;
}

const askedOf = (json: TableJson, value: string): Asked => {
  const name = withoutReplicate(value).slice(json.id.length + 1);
  const part = json.replicates && replicatePart(value, json.replicateWords);
  const [first = '', second = ''] = name.split('.');
  const row = json.rows.find((candidate) => rowKey(inRowForm(json), candidate) === first);
  return row
    ? { name, column: second, row, aggregate: undefined, part }
    : { name, column: first, row: undefined, aggregate: second as AggregateName, part };
};

/** Each replicate's figure, aggregates taken of each as of the first; of a row's key there is none to be sure of. */
const eachOf = (json: TableJson, { column, row, aggregate }: Asked) =>
  json.keys.includes(column)
    ? []
    : (json.replicates ?? []).flatMap(({ seed, rows }) => {
        const value = row
          ? numberAt(rows[json.rows.indexOf(row)], column)
          : (aggregateOf(rows, column, aggregate!) ?? undefined);
        return value === undefined ? [] : [{ seed, value }];
      });

/** The row as the replicate has it that is asked for; of all of them the first one's. */
const rowOfPart = (json: TableJson, { row, part }: Asked): Row | undefined =>
  row && (json.replicates?.find(({ seed }) => seed === part?.seed)?.rows[json.rows.indexOf(row)] ?? row);

/** Whose it is that stands in a row, where what is told is of several replicates and each has its own. */
const whoseRow = ({ replicates, replicateWords: { one } }: TableJson, { part }: Asked): string =>
  replicates && part?.seed === undefined ? `${one} ${replicates[0]!.seed}’s` : '';

/** Where other columns of the row say what it is held against: which, for any one of them. */
const heldOf = ({ held }: TableJson, column: string) =>
  Object.entries(held).find(([of, { range = [], null: bounds = [], reported }]) =>
    [of, ...range, ...bounds, reported].includes(column),
  )?.[1];

const rangeIn = (row: Row, [low, high]: readonly [string, string], whose = ''): string | undefined => {
  const [from, to] = [numberAt(row, low), numberAt(row, high)];
  return from === undefined || to === undefined
    ? undefined
    : `${whose === '' ? '' : `${whose} `}${digits(from)} to ${digits(to)}`;
};

/** As the columns that are named say it, each with its own definition. */
const saidBy = (
  { columns }: TableJson,
  text: string | undefined,
  ids: readonly string[],
): string | undefined => {
  const definition = ids.flatMap((id) => columns.find((of) => of.id === id)?.definition ?? [])[0];
  return text === undefined ? undefined : [text, ...(definition ? [definition] : [])].join('; ');
};

const printedText = (cell: unknown): string | undefined =>
  cell === undefined || cell === null ? undefined : [cell].flat().join(' to ');

const isRowOf =
  ({ keys }: TableJson, row: Row) =>
  (said: Readonly<Record<string, unknown>>): boolean =>
    keys.every((key) => String(said[key]).toLowerCase() === String(row[key]).toLowerCase());

/** What the original prints of a cell; of an aggregate its own summary, or else what it prints of single rows. */
const reportedOf = (json: TableJson, { column, row, aggregate }: Asked): string | undefined => {
  const said = json.reported?.rows ?? [];
  if (row) return printedText(said.find(isRowOf(json, row))?.[column]);
  const summary = said.find((of) => {
    const key = Object.entries(json.summary).find(([, names]) => names.includes(aggregate!))?.[0];
    return key !== undefined && json.keys.some((id) => String(of[id]).toLowerCase() === key);
  })?.[column];
  if (summary !== undefined && summary !== null) return printedText(summary);
  const cells = said
    .filter((of) => json.rows.some((candidate) => isRowOf(json, candidate)(of)))
    .flatMap((of) => [of[column]].flat())
    .map((cell) => ({ text: String(cell), value: Number(cell) }))
    .filter(({ text, value }) => text !== '' && Number.isFinite(value))
    .toSorted((a, b) => a.value - b.value);
  const [lowest, highest] = [cells[0], cells.at(-1)];
  return lowest && highest
    ? `${lowest.text} to ${highest.text} over ${cells.length} figures of single rows; no such aggregate of them`
    : undefined;
};

/** Claims that read this very figure, or what stands at it; where none does, others of its row. */
const claimsOf = (json: TableJson, { column, row }: Asked): TableJson['claims'] => {
  const own = json.columns.flatMap(({ id, beside }) =>
    id === column || beside?.column === column ? [id] : [],
  );
  const reading = (reads: (cell: string) => boolean) => json.claims.filter(({ cells }) => cells.some(reads));
  // What reads a column's rows one by one reads what the aggregate is made of.
  if (!row) return reading((cell) => own.some((id) => cell.endsWith(`.${id}`)));
  const key = rowKey(inRowForm(json), row);
  const named = new Set(own.flatMap((id) => [`.${id}`, `${key}.${id}`]));
  const exactly = reading((cell) => named.has(cell));
  return exactly.length > 0 ? exactly : reading((cell) => cell.startsWith(`${key}.`));
};

/** The other figures of its row, as the table prints them, each with the bounds of a null that is its own. */
const restOf = (json: TableJson, asked: Asked): string | undefined => {
  const { column, row, part } = asked;
  const own = rowOfPart(json, asked);
  if (!row || !own) return undefined;
  const key = rowKey(inRowForm(json), row);
  const { range = [], null: ofColumn = [], reported } = heldOf(json, column) ?? {};
  const elsewhere = [column, ...json.keys, ...range, ...ofColumn, reported];
  const told = json.columns.flatMap(({ id, beside, ...of }) => {
    const mean = part?.seed === undefined ? json.intervals[`${key}.${id}`]?.[0] : undefined;
    const cell = mean ?? own[id] ?? null;
    if (beside || cell === null || elsewhere.includes(id)) return [];
    const bounds = rangeIn(own, [`${id}-null-low`, `${id}-null-high`]);
    const held = bounds === undefined ? '' : ` (null ${bounds})`;
    return [`${of.label} ${raisedText(formatCell(cell, of))}${held}`];
  });
  if (told.length === 0) return undefined;
  const whose = told.some((text) => text.includes(' (null ')) ? whoseRow(json, asked) : '';
  return [...told, ...(whose === '' ? [] : [`each null is ${whose}`])].join('; ');
};

/**
 * What a panel tells of a table's figure.
 *
 * @param value its id: `<table>.<row>.<column>` or `<table>.<column>.<aggregate>`, with a replicate's part behind
 */
export const tableFacts = (json: TableJson, value: string): PanelFacts => {
  const asked = askedOf(json, value);
  const { name, row, aggregate, part } = asked;
  const own = rowOfPart(json, asked);
  const column = json.columns.find(({ id }) => id === asked.column);
  const columns = Object.fromEntries(json.columns.map((of) => [of.id, of]));
  const of = row
    ? rowParts(json.keys, columns, row)
        .map((part) => `${part.label} ${part.text}`)
        .join(', ')
    : (aggregateWords[aggregate!] ?? aggregate);
  const held = row && heldOf(json, asked.column);
  const whose = held ? whoseRow(json, asked) : '';
  const readers = claimsOf(json, asked);
  const is = [aggregate && aggregateWords[aggregate], part?.words].filter((words) => words !== undefined);
  return {
    title: [column?.label ?? asked.column, of, ...(part ? [part.words] : [])].join(', '),
    is: definitionOf(column, ...is),
    place: {
      at: `tables/${json.id}/#${row ? rowKey(inRowForm(json), row) : name}`,
      title: json.title,
    },
    unit: column?.unit ?? null,
    sure: held?.range
      ? saidBy(json, rangeIn(own!, held.range, whose), held.range)
      : sureText(json.replicateWords.one, eachOf(json, asked), json.intervals[name]),
    null:
      nullOfFigure(json, name, part) ??
      (held?.null
        ? saidBy(json, rangeIn(own!, held.null, whose), held.null)
        : row
          ? nullOfCell(json, row, asked.column, part)
          : nullOfColumn(json, asked.column)),
    original: held?.reported
      ? saidBy(json, digitsAt(row!, held.reported), [held.reported])
      : reportedOf(json, asked),
    rest: restOf(json, asked),
    sentences: json.sentences[name] ?? [],
    claims: { own: readers, others: json.claims.filter((claim) => !readers.includes(claim)) },
    made: json.made,
    key: json.key,
    name: `${json.id}.${name}`,
    formulas: json.formulas,
  };
};

const digitsAt = (row: Row, column: string): string | undefined => {
  const value = numberAt(row, column);
  return value === undefined ? undefined : digits(value);
};
