/** Which fields the rows of a dataset have, those that transforms make among them. */
import { columnsOf, type DatasetRow, type Datasets } from './dataset-rows.ts';
import { fieldsRead } from './expression-fields.ts';
import { isPart, type Part } from './specification-part.ts';

export interface DatasetFields {
  readonly name: string;
  readonly rows: readonly DatasetRow[];
  /** Those of any row. */
  readonly columns: readonly string[];
  /** Those of transforms. */
  readonly made: readonly string[];
  /**
   * Intervals over replicates where there is one replicate alone, and what is calculated from them: a name that is right,
   * without a figure.
   */
  readonly absent: ReadonlySet<string>;
  /** Whether rows of several replicates would say of which seed they are. */
  readonly perSeed: boolean;
}

/** What transforms call their fields where they do not say it. */
const unnamed: Readonly<Record<string, readonly string[]>> = {
  fold: ['key', 'value'],
  density: ['value', 'density'],
  quantile: ['prob', 'value'],
};

const wordsIn = (datasets: Datasets, field: unknown): readonly string[] =>
  Object.values(datasets).flatMap((rows) =>
    rows.flatMap((row) => (typeof field === 'string' && row[field] != null ? [String(row[field])] : [])),
  );

/** Fields that transforms make, wherever they stand in a specification. */
const madeFields = (node: unknown, datasets: Datasets): readonly string[] => {
  if (Array.isArray(node)) return node.flatMap((member) => madeFields(member, datasets));
  if (!isPart(node)) return [];
  const named = [node['as']].flat().filter((name) => typeof name === 'string');
  const kind = Object.keys(unnamed).find((key) => key in node);
  const looked = isPart(node['from']) ? [node['from']['fields'] ?? []].flat().map(String) : [];
  return [
    ...named,
    ...('bin' in node ? named.map((name) => `${name}_end`) : []),
    ...(named.length === 0 && kind !== undefined ? unnamed[kind]! : []),
    ...('lookup' in node ? looked : []),
    ...('pivot' in node ? wordsIn(datasets, node['pivot']) : []),
    ...Object.values(node).flatMap((member) => madeFields(member, datasets)),
  ];
};

const calculations = (node: unknown): readonly Part[] => {
  if (Array.isArray(node)) return node.flatMap(calculations);
  if (!isPart(node)) return [];
  return typeof node['calculate'] === 'string' ? [node] : Object.values(node).flatMap(calculations);
};

/**
 * @param name of a dataset
 * @param spec the whole specification
 */
export const datasetFields = (name: string, datasets: Datasets, spec: Part): DatasetFields => {
  const rows = datasets[name]!;
  const columns = columnsOf(rows);
  const absent = new Set<string>();
  if (name.endsWith('.mean')) {
    for (const column of columns.filter((id) => rows.some((row) => typeof row[id] === 'number'))) {
      for (const end of ['low', 'high']) {
        if (!columns.includes(`${column}-${end}`)) absent.add(`${column}-${end}`);
      }
    }
  }
  for (const { calculate, as } of calculations(spec)) {
    if (fieldsRead(String(calculate)).some((field) => absent.has(field))) absent.add(String(as));
  }
  return {
    name,
    rows,
    columns,
    made: [...new Set(madeFields(spec, datasets))].filter((field) => !columns.includes(field)),
    absent,
    perSeed: !/\.(mean|reported)$/.test(name),
  };
};
