/** A field that no row has draws an empty plot in silence, and so does a quantity that is a word. */
import { nearestHint, PaperError } from '../engine/stage/index.ts';
import type { DatasetFields } from './dataset-fields.ts';
import { expressionReads } from './expression-fields.ts';
import { type FigureSource, namedField, placeOf } from './figure-source.ts';
import { typedData } from './require-computed.ts';
import { badFigure } from './require-valid.ts';
import { isPart, type Part, type PartPath } from './specification-part.ts';

/** @throws UnknownField with the nearest one */
export const requireField = (
  source: FigureSource,
  field: string,
  of: DatasetFields,
  path: PartPath,
): void => {
  const { name, columns, made, absent, perSeed } = of;
  if (columns.includes(field) || made.includes(field) || absent.has(field)) return;
  if (perSeed && field === 'seed') return;
  const known = [...columns, ...made];
  const asked = namedField(source, field);
  throw new PaperError('UnknownField', `figure '${source.id}': '${name}' has no field '${asked}'.`, {
    where: placeOf(source, path, field),
    details: [`expected one of ${known.join(', ')}`],
    hint: nearestHint(
      asked,
      asked === field ? known : known.filter((one) => !known.some((other) => one.startsWith(`${other}-`))),
    ),
  });
};

const requireQuantity = (
  source: FigureSource,
  field: string,
  { name, rows, columns }: DatasetFields,
  path: PartPath,
): void => {
  if (!columns.includes(field)) return;
  const word = rows.findIndex((row) => typeof row[field] === 'string');
  if (word < 0 && rows.some((row) => typeof row[field] === 'number')) return;
  throw new PaperError('BadDatum', `figure '${source.id}' draws '${field}' of '${name}' as a quantity.`, {
    where: placeOf(source, path, field),
    details: [
      word < 0
        ? 'expected numbers; received none in any row'
        : `expected numbers; received '${rows[word]![field]}' in row ${word}`,
    ],
    hint: 'draw words as "nominal", or another field.',
  });
};

/** Members of a transform that name fields of its rows. */
const transformed = [
  'fold',
  'groupby',
  'flatten',
  'pivot',
  'lookup',
  'density',
  'quantile',
  'regression',
  'loess',
  'on',
  'stack',
  'impute',
  'key',
];

/** Expressions of a filter or a test, which may be combined by `and`, `or` and `not`. */
const predicates = (value: unknown, path: PartPath): readonly (readonly [string, PartPath])[] => {
  if (typeof value === 'string') return [[value, path]];
  if (Array.isArray(value)) return value.flatMap((member, at) => predicates(member, [...path, at]));
  if (!isPart(value)) return [];
  return ['and', 'or', 'not'].flatMap((key) => predicates(value[key], [...path, key]));
};

/** @throws UnknownField, BadFigure, TypedData */
const requireExpression = (
  source: FigureSource,
  expression: string,
  of: DatasetFields,
  path: PartPath,
): void => {
  let reads: ReturnType<typeof expressionReads>;
  try {
    reads = expressionReads(expression);
  } catch (error) {
    throw badFigure(
      source,
      `'${expression}' is no expression: ${(error as Error).message}`,
      'write one of Vega, such as "datum.loss / 2".',
      path,
      expression,
    );
  }
  for (const field of reads.fields) requireField(source, field, of, path);
  if (reads.chance[0] !== undefined) {
    throw badFigure(
      source,
      `${reads.chance[0]}() gives another drawing each time`,
      'let a stage draw at random, with a seed.',
      path,
      expression,
    );
  }
  if (path.at(-1) !== 'calculate' || reads.datum || reads.word) return;
  throw typedData(
    source,
    `expected an expression of \`datum\`; received ${JSON.stringify(expression)}`,
    path,
    expression,
  );
};

/** Holds all fields that one object of a specification names, those of its members apart, to a dataset. */
export const requireFields = (source: FigureSource, node: Part, of: DatasetFields, path: PartPath): void => {
  const { field, type } = node;
  if (typeof field === 'string') {
    requireField(source, field, of, [...path, 'field']);
    if (type === 'quantitative' && node['aggregate'] !== 'count') {
      requireQuantity(source, field, of, [...path, 'type']);
    }
  }
  for (const member of ['calculate', 'filter', 'test']) {
    for (const [expression, place] of predicates(node[member], [...path, member])) {
      requireExpression(source, expression, of, place);
    }
  }
  if (path.at(-2) !== 'transform') return;
  for (const member of transformed) {
    for (const name of [node[member]].flat()) {
      if (typeof name === 'string') requireField(source, name, of, [...path, member]);
    }
  }
};
