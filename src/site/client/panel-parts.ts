import { rowKey } from '../../results/row-key.ts';
import { rowParts } from '../../results/row-words.ts';
import { digits } from './digits.ts';
import { element } from './element.ts';
import { labelNodes } from './label-nodes.ts';
import { madeParts, type PanelPlace } from './made-parts.ts';
import { inRowForm, type TableJson } from './table-json.ts';

type Row = TableJson['rows'][number];
type Parts = readonly (Node | string)[];

/** Who gives a definition. */
const whose = {
  theirs: 'the original’s definition',
  inferred: 'inferred from what the original prints',
  ours: 'our definition',
};

const numberAt = (row: Row | undefined, column: string): number | undefined => {
  const cell = row?.[column];
  return typeof cell === 'number' ? cell : undefined;
};

/** Each replicate's figure; of a row's key there is none to be sure of. */
const sureText = (
  { replicates, replicate, keys }: TableJson,
  at: number,
  column: string,
): string | undefined => {
  if (keys.includes(column)) return undefined;
  const each = (replicates ?? []).flatMap(({ seed, rows }) => {
    const value = numberAt(rows[at], column);
    return value === undefined ? [] : [`${replicate} ${seed}: ${digits(value)}`];
  });
  return each.length > 1 ? each.join(', ') : undefined;
};

const nullText = (json: TableJson, row: Row | undefined, column: string): string | undefined => {
  const [low, high, mean, sd, p] = ['low', 'high', 'mean', 'sd']
    .map((role) => numberAt(row, `${column}-null-${role}`))
    .concat(numberAt(row, `${column}-p`));
  if (low === undefined && p === undefined) return undefined;
  const value = numberAt(row, column);
  return [
    ...(low === undefined || high === undefined
      ? []
      : [`${digits(low)} to ${digits(high)}, the middle 95 %`]),
    ...(mean === undefined ? [] : [`mean ${digits(mean)}`]),
    ...(sd === undefined || mean === undefined || value === undefined || sd === 0
      ? []
      : [`this figure lies ${digits((value - mean) / sd)} standard deviations from it`]),
    ...(p === undefined ? [] : [`p ${digits(p)}, of this figure alone: not corrected for other tests`]),
    ...(json.nullModel === null
      ? []
      : [`${json.nullDraws === null ? '' : `${json.nullDraws} draws of `}${json.nullModel}`]),
  ].join('; ');
};

const reportedOf = (
  { reported, keys }: TableJson,
  row: Row | undefined,
  column: string,
): string | undefined => {
  const said = reported?.rows.find((candidate) =>
    keys.every((key) => String(candidate[key]).toLowerCase() === String(row?.[key]).toLowerCase()),
  )?.[column];
  return said === undefined || said === null ? undefined : [said].flat().join(' to ');
};

/** Claims that read this very figure, or what stands at it; where none does, others of its row. */
const claimsOf = (json: TableJson, row: Row | undefined, column: string): TableJson['claims'] => {
  const own = json.columns.flatMap(({ id, beside }) =>
    id === column || beside?.column === column ? [id] : [],
  );
  const key = row && rowKey(inRowForm(json), row);
  const named = new Set(own.flatMap((id) => [`.${id}`, ...(key === undefined ? [] : [`${key}.${id}`])]));
  const reading = (reads: (cell: string) => boolean) => json.claims.filter(({ cells }) => cells.some(reads));
  const exactly = reading((cell) => named.has(cell));
  return exactly.length > 0 || key === undefined ? exactly : reading((cell) => cell.startsWith(`${key}.`));
};

const claimParts = (
  json: TableJson,
  row: Row | undefined,
  column: string,
  { home }: PanelPlace,
): readonly [string, Parts][] => {
  const used = claimsOf(json, row, column);
  const others = json.claims.filter((claim) => !used.includes(claim));
  const list = (claims: TableJson['claims']): Node =>
    element(
      'ul',
      {},
      ...claims.map(({ at, heading }) =>
        element('li', {}, element('a', { href: `${home}${at}` }, ...labelNodes(heading))),
      ),
    );
  const further = element(
    'details',
    {},
    element('summary', {}, `${others.length} that ${others.length === 1 ? 'reads' : 'read'} this table`),
    list(others),
  );
  return [
    ...(used.length > 0 ? [['Used by', [list(used)]] as [string, Parts]] : []),
    ...(others.length > 0
      ? [[used.length > 0 ? 'Other claims' : 'Claims', [further]] as [string, Parts]]
      : []),
  ];
};

/**
 * The parts of the panel of one number.
 *
 * @param value its id: `<table>.<row>.<column>` or `<table>.<column>.<aggregate>`, with a replicate's part behind
 * @param raw at full precision
 */
export const panelParts = (
  json: TableJson,
  value: string,
  raw: string,
  place: PanelPlace,
): readonly Node[] => {
  const { home } = place;
  // None of an aggregate over rows.
  const row = json.rows.find((candidate) =>
    value.startsWith(`${json.id}.${rowKey(inRowForm(json), candidate)}.`),
  );
  const rest = value.slice(json.id.length + 1).split('.');
  const id = (row ? rest[1] : rest[0]) ?? '';
  const column = json.columns.find((candidate) => candidate.id === id);
  const at = row ? json.rows.indexOf(row) : -1;
  const columns = Object.fromEntries(json.columns.map((of) => [of.id, of]));
  const of = row
    ? rowParts(json.keys, columns, row)
        .map((part) => `${part.label} ${part.text}`)
        .join(', ')
    : (rest[1] ?? '');
  const rows: [string, Parts][] = [];
  const said = [
    ...(column?.definition === undefined ? [] : [column.definition]),
    ...(column?.whose === undefined ? [] : [whose[column.whose]]),
  ];
  if (said.length > 0) rows.push(['Is', labelNodes(said.join('; '))]);
  const anchor = row ? `#${rowKey(inRowForm(json), row)}` : '';
  rows.push([
    'In',
    [element('a', { href: `${home}tables/${json.id}/${anchor}` }, ...labelNodes(json.title))],
  ]);
  const unit = column?.unit && column.unit !== '1' ? ` ${column.unit}` : '';
  rows.push(['Exactly', [element('code', {}, raw), unit]]);
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['Sure', row && sureText(json, at, id)],
    ['Null', nullText(json, row, id)],
    ['Original', reportedOf(json, row, id)],
  ];
  for (const [name, text] of optional) if (text !== undefined) rows.push([name, [text]]);
  rows.push(...claimParts(json, row, id, place));
  rows.push(['Made by', madeParts(json, place)]);
  const again = `npm run paper -- why ${value.replace(/\.seeds?[.-].*$/, '')}\nnpm run paper -- verify ${json.made[0]?.name ?? json.id}`;
  rows.push(['Again', [element('pre', {}, element('code', {}, again))]]);
  const copy = element('button', { type: 'button' }, 'Copy the number');
  copy.addEventListener(
    'click',
    () => void navigator.clipboard.writeText(raw).then(() => copy.replaceChildren('Copied')),
  );
  return [
    element('h2', { id: 'value-panel-title' }, ...labelNodes(`${column?.label ?? id}, ${of}`)),
    element(
      'dl',
      {},
      ...rows.flatMap(([name, parts]) => [element('dt', {}, name), element('dd', {}, ...parts)]),
    ),
    copy,
  ];
};
