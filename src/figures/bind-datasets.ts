/** Puts results in the place of their names in a specification, and sees that all that it draws is there. */
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import { type DatasetFields, datasetFields } from './dataset-fields.ts';
import type { DatasetRow, Datasets } from './dataset-rows.ts';
import { type FigureSource, placeOf } from './figure-source.ts';
import { requireComputed, typedData } from './require-computed.ts';
import { requireField, requireFields } from './require-fields.ts';
import { isPart, isView, type Part, type PartPath } from './specification-part.ts';

/** A figure's data, by the names that it uses. */
interface Bound {
  readonly spec: Part;
  /** Names in the order of the specification. */
  readonly used: readonly string[];
}

const noData = (source: FigureSource, datasets: Datasets): PaperError =>
  new PaperError('EmptyFigure', `figure '${source.id}' names no data.`, {
    where: placeOf(source, []),
    details: ['expected "data": { "name": <a result> }'],
    hint: `write "data": { "name": "${Object.keys(datasets)[0] ?? 'a result'}" }, or another result.`,
  });

/** A mark alone has data of its own: to the schema of Vega-Lite it is no specification without. @throws EmptyFigure */
export const requireData = (source: FigureSource, datasets: Datasets): void => {
  if ('mark' in source.spec && !('data' in source.spec)) throw noData(source, datasets);
};

/** @throws TypedData, UnknownDataset, EmptyFigure */
const requireDataset = (source: FigureSource, datasets: Datasets, data: Part, path: PartPath): string => {
  const { name, values, url } = data;
  if (typeof name !== 'string' || values !== undefined || url !== undefined) {
    const received = JSON.stringify(data).slice(0, 80);
    throw typedData(source, `expected { "name": <a result> }; received ${received}`, path, 'data');
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

/** A row as it is drawn: to Vega a null is zero in arithmetic, and what is not there is no number. */
const withoutNulls = (row: DatasetRow): DatasetRow =>
  Object.fromEntries(Object.entries(row).filter(([, cell]) => cell !== null));

const drawsAbsent = (layer: unknown, { absent }: DatasetFields): boolean =>
  isPart(layer) &&
  isPart(layer['encoding']) &&
  Object.values(layer['encoding']).some((of) => isPart(of) && absent.has(String(of['field'])));

/**
 * Layers that draw intervals over replicates are left out where there is one replicate.
 *
 * @throws TypedData, UnknownDataset, EmptyFigure, UnknownField, BadDatum, BadFigure, with file, and in JSON line and column
 */
export const bindDatasets = (source: FigureSource, datasets: Datasets): Bound => {
  const used = new Map<string, DatasetFields>();
  const use = (data: Part, path: PartPath): DatasetFields => {
    const name = requireDataset(source, datasets, data, path);
    const fields = used.get(name) ?? datasetFields(name, datasets, source.spec);
    used.set(name, fields);
    return fields;
  };
  const valuesOf = ({ rows }: DatasetFields): Part => ({ values: rows.map(withoutNulls) });

  const visitPart = (node: Part, path: PartPath, inherited: DatasetFields | undefined): Part => {
    requireComputed(source, node, path);
    const { data, from } = node;
    const own = isView(node) && isPart(data) ? use(data, [...path, 'data']) : inherited;
    if (own) requireFields(source, node, own, path);
    const bound: Record<string, unknown> = {};
    for (const [key, value] of Object.entries(node)) {
      if (key === 'usermeta') bound[key] = value;
      else if (key === 'data' && isView(node) && isPart(value)) bound[key] = valuesOf(own!);
      else if (key === 'from' && isPart(from) && isPart(from['data'])) {
        const looked = use(from['data'], [...path, 'from', 'data']);
        for (const name of [from['key'], from['fields']].flat()) {
          if (typeof name === 'string') requireField(source, name, looked, [...path, 'from', 'data']);
        }
        bound[key] = { ...from, data: valuesOf(looked) };
      } else bound[key] = visit(value, [...path, key], own);
    }
    return bound;
  };
  const visit = (node: unknown, path: PartPath, own: DatasetFields | undefined): unknown => {
    if (Array.isArray(node)) {
      const members = node.map((member, at) => visit(member, [...path, at], own));
      if (path.at(-1) !== 'layer') return members;
      return members.filter((_, at) => {
        const data: unknown = isPart(node[at]) ? node[at]['data'] : undefined;
        const of = isPart(data) ? used.get(String(data['name'])) : own;
        return !of || !drawsAbsent(node[at], of);
      });
    }
    return isPart(node) ? visitPart(node, path, own) : node;
  };
  const spec = visitPart(source.spec, [], undefined);
  if (used.size > 0) return { spec, used: [...used.keys()] };
  throw noData(source, datasets);
};
