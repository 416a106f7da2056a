/** Puts results in the place of their names in a specification, and sees that all that it draws is there. */
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type FigureSource, placeOf } from './figure-source.ts';

export type DatasetRow = Readonly<Record<string, number | string | null>>;
/** Rows by the name that a specification gives as its data. */
export type Datasets = Readonly<Record<string, readonly DatasetRow[]>>;

type Path = readonly (string | number)[];
type Part = Readonly<Record<string, unknown>>;

const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Fields that transforms make: their `as`, and what a fold is called unless it says so. */
const madeFields = (node: unknown): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap(madeFields);
  if (!isPart(node)) return [];
  const as = [node['as']].flat().filter((name) => typeof name === 'string');
  const fold = 'fold' in node && node['as'] === undefined ? ['key', 'value'] : [];
  return [...as, ...fold, ...Object.values(node).flatMap(madeFields)];
};

/** A figure's data, by the names that it uses. */
interface Bound {
  readonly spec: Part;
  /** Names in the order of the specification: the first one is what is offered for download. */
  readonly used: readonly string[];
}

const requireDataset = (source: FigureSource, datasets: Datasets, data: Part, path: Path): string => {
  const { name, values, url } = data;
  if (typeof name !== 'string' || values !== undefined || url !== undefined) {
    throw new PaperError('TypedData', `figure '${source.id}' draws data that no stage computed.`, {
      where: placeOf(source, path, 'data'),
      details: [`expected { "name": <a result> }; received ${JSON.stringify(data).slice(0, 80)}`],
      hint: 'let a stage write it as a table or a series, and name that; a constant of a mark is a `datum`.',
    });
  }
  if (!Object.hasOwn(datasets, name)) {
    throw new PaperError('UnknownDataset', `figure '${source.id}' draws '${name}', which no stage makes.`, {
      where: placeOf(source, [...path, 'name'], name),
      hint: nearestHint(name, Object.keys(datasets)),
    });
  }
  if (datasets[name]!.length === 0) {
    throw new PaperError('EmptyFigure', `figure '${source.id}' draws '${name}', which has no rows.`, {
      where: placeOf(source, [...path, 'name'], name),
      hint: 'see the stage that makes it.',
    });
  }
  return name;
};

/** A field that no row has draws an empty plot in silence, and so does a quantity that is a word. */
const requireField = (
  source: FigureSource,
  node: Part,
  name: string,
  rows: readonly DatasetRow[],
  made: readonly string[],
  path: Path,
): void => {
  const field = node['field'];
  if (typeof field !== 'string') return;
  const columns = Object.keys(rows[0] ?? {});
  if (made.includes(field)) return;
  if (!columns.includes(field)) {
    throw new PaperError('UnknownField', `figure '${source.id}': '${name}' has no field '${field}'.`, {
      where: placeOf(source, [...path, 'field'], field),
      details: [`expected one of ${columns.join(', ')}`],
      hint: nearestHint(field, [...columns, ...made]),
    });
  }
  if (node['type'] !== 'quantitative') return;
  const word = rows.findIndex((row) => typeof row[field] === 'string');
  if (word < 0 && rows.some((row) => typeof row[field] === 'number')) return;
  throw new PaperError('BadDatum', `figure '${source.id}' draws '${field}' of '${name}' as a quantity.`, {
    where: placeOf(source, [...path, 'type'], field),
    details: [
      word < 0
        ? 'expected numbers; received none in any row'
        : `expected numbers; received '${rows[word]![field]}' in row ${word}`,
    ],
    hint: 'draw words as "nominal", or another field.',
  });
};

/**
 * @throws TypedData, UnknownDataset, EmptyFigure, UnknownField, BadDatum with file, and in JSON line and column
 */
export const bindDatasets = (source: FigureSource, datasets: Datasets): Bound => {
  const used: string[] = [];
  const made = madeFields(source.spec);
  const visit = (node: unknown, path: Path, name: string | undefined): unknown => {
    if (Array.isArray(node)) return node.map((member, at) => visit(member, [...path, at], name));
    if (!isPart(node)) return node;
    let own = name;
    const isView = ['mark', 'layer', 'spec', 'concat', 'hconcat', 'vconcat'].some((part) => part in node);
    const data = node['data'];
    if (isView && isPart(data)) {
      own = requireDataset(source, datasets, data, [...path, 'data']);
      if (!used.includes(own)) used.push(own);
    }
    if (own !== undefined) requireField(source, node, own, datasets[own]!, made, path);
    const from = node['from'];
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        if (key === 'usermeta') return [key, value];
        if (key === 'data' && isView && isPart(value)) return [key, { values: datasets[own!] }];
        if (key === 'from' && isPart(from) && isPart(from['data'])) {
          const looked = requireDataset(source, datasets, from['data'], [...path, 'from', 'data']);
          if (!used.includes(looked)) used.push(looked);
          return [key, { ...from, data: { values: datasets[looked] } }];
        }
        return [key, visit(value, [...path, key], own)];
      }),
    );
  };
  const spec = visit(source.spec, [], undefined) as Part;
  if (used.length > 0) return { spec, used };
  throw new PaperError('EmptyFigure', `figure '${source.id}' names no data.`, {
    where: placeOf(source, []),
    details: ['expected "data": { "name": <a result> }'],
    hint: `name one, for example ${Object.keys(datasets)[0] ?? 'of a table'}.`,
  });
};
