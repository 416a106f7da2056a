import { digits } from './digits.ts';
import { element } from './element.ts';
import type { TableJson } from './table-json.ts';

export interface PanelPlace {
  /** Of the paper, with a slash at its end. */
  readonly home: string;
  /** Where a file of the build's commit is read, with a slash at its end. */
  readonly repository: string | undefined;
}

type Row = TableJson['rows'][number];

const link = (href: string, text: string): HTMLAnchorElement => element('a', { href }, text);

/** TeX as words: a panel sets no formulas. */
const words = (text: string): string => text.replaceAll('$', '').replace(/\\(?=[a-zA-Z])/g, '');

const numberAt = (row: Row | undefined, column: string): number | undefined => {
  const cell = row?.[column];
  return typeof cell === 'number' ? cell : undefined;
};

/** Each replicate's figure, and their mean with the spread. */
const sureText = ({ replicates }: TableJson, at: number, column: string): string | undefined => {
  const each = (replicates ?? []).flatMap(({ seed, rows }) => {
    const value = numberAt(rows[at], column);
    return value === undefined ? [] : [`seed ${seed}: ${digits(value)}`];
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
    ...(p === undefined ? [] : [`p ${digits(p)}`]),
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

/** Replicates of one stage are told once. */
const withoutSeed = (name: string): string => name.replace(/\.seed-\d+$/, '');

const madeParts = ({ made, key }: TableJson, { home, repository }: PanelPlace): readonly Node[] => {
  const groups = [...Map.groupBy(made, ({ name }) => withoutSeed(name))];
  const items = groups.slice(0, 12).map(([name, stages]) => {
    const { module, files, durationMs, processor, published } = stages[0]!;
    return element(
      'li',
      {},
      element('b', {}, name),
      stages.length > 1 ? ` (${stages.length} seeds) ` : ' ',
      repository === undefined ? module : link(`${repository}${module}`, module),
      `, ${files} files of code; ${(durationMs / 1000).toFixed(1)} s on ${processor}`,
      published === null
        ? ''
        : `; a published run, made ${published.when.slice(0, 16).replace('T', ' ')} UTC and not in this build; later code was shown to make it ${published.attestations} times`,
    );
  });
  if (groups.length > 12) {
    items.push(
      element(
        'li',
        {},
        `and ${groups.length - 12} more: `,
        link(`${home}provenance.json`, 'provenance.json'),
      ),
    );
  }
  return [
    element('ol', { className: 'made' }, ...items),
    element('p', {}, 'key ', element('code', {}, key.slice(0, 16))),
  ];
};

/**
 * The parts of the panel of one number.
 *
 * @param value its id: `<table>.<row>.<column>` or `<table>.<column>.<aggregate>`, with a replicate's part behind
 * @param raw at full precision
 * @param row undefined for an aggregate over rows
 */
export const panelParts = (
  json: TableJson,
  value: string,
  raw: string,
  row: Row | undefined,
  place: PanelPlace,
): readonly Node[] => {
  const { home } = place;
  const rest = value.slice(json.id.length + 1).split('.');
  const id = (row ? rest[1] : rest[0]) ?? '';
  const column = json.columns.find((candidate) => candidate.id === id);
  const at = row ? json.rows.indexOf(row) : -1;
  const of = row ? json.keys.map((key) => `${key} ${row[key]}`).join(', ') : (rest[1] ?? '');
  const whose = {
    theirs: 'the original’s definition',
    inferred: 'inferred from what the original prints',
    ours: 'our definition',
  };
  const rows: [string, readonly (Node | string)[]][] = [
    [
      'Is',
      [
        column?.definition === undefined ? `${words(column?.label ?? id)}, ${of}` : words(column.definition),
        column?.whose === undefined ? '' : ` (${whose[column.whose]})`,
        ' in ',
        link(`${home}tables/${json.id}/`, words(json.title)),
      ],
    ],
    ['Exactly', [element('code', {}, raw), column?.unit && column.unit !== '1' ? ` ${column.unit}` : '']],
  ];
  const optional: readonly (readonly [string, string | undefined])[] = [
    ['Sure', row && sureText(json, at, id)],
    ['Null', nullText(json, row, id)],
    ['Original', reportedOf(json, row, id)],
  ];
  for (const [name, text] of optional) if (text !== undefined) rows.push([name, [text]]);
  if (json.claims.length > 0) {
    const used = json.claims.map((claim) =>
      element('li', {}, link(`${home}${claim.at}`, words(claim.sentence ?? claim.id))),
    );
    rows.push(['Used by', [element('ul', {}, ...used)]]);
  }
  rows.push(['Made by', madeParts(json, place)]);
  const again = `npm run paper -- why ${value.replace(/\.seeds?[.-].*$/, '')}\nnpm run paper -- verify ${json.made[0]?.name ?? json.id}`;
  rows.push(['Again', [element('pre', {}, element('code', {}, again))]]);
  const copy = element('button', { type: 'button' }, 'Copy the number');
  copy.addEventListener(
    'click',
    () => void navigator.clipboard.writeText(raw).then(() => copy.replaceChildren('Copied')),
  );
  return [
    element('h2', { id: 'value-panel-title' }, `${words(column?.label ?? id)}, ${of}`),
    element(
      'dl',
      {},
      ...rows.flatMap(([name, parts]) => [element('dt', {}, name), element('dd', {}, ...parts)]),
    ),
    copy,
  ];
};
