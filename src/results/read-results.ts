import {
  findNodeAtLocation,
  getLocation,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { type ResultFile, resultFileSchema } from './result-schema.ts';
import { keyColumns, rowKey } from './row-key.ts';

const positionAt = (file: string, text: string, offset: number): SourcePosition => {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

type Fault = readonly [path: readonly (string | number)[], message: string, details: readonly string[]];

/** What a schema cannot say: rows are there, told apart, and made of the columns that are named. */
const contentFault = (result: ResultFile['results'][number]): Fault | undefined => {
  if (result.kind === 'value') return undefined;
  const { kind, id, rows } = result;
  const columns = result.columns.map((column) => column.id);
  const twice = columns.find((column, at) => columns.indexOf(column) !== at);
  if (twice !== undefined) return [['columns'], `${kind} '${id}' has two columns '${twice}'`, []];
  if (rows.length === 0) {
    return [['rows'], `${kind} '${id}' has no rows`, ['expected one row at least; received none']];
  }
  if (kind === 'series') return undefined;
  const keys = keyColumns(result);
  const seen = new Map<string, number>();
  for (const [at, row] of rows.entries()) {
    const missing = [...keys, ...columns].find((column) => !Object.hasOwn(row, column));
    if (missing !== undefined) {
      return [
        ['rows', at],
        `row ${at} of table '${id}' lacks the cell '${missing}'`,
        [`expected ${columns.join(', ')}; null where a quantity is not defined`],
      ];
    }
    const unnamed = keys.find((column) => row[column] === null);
    if (unnamed !== undefined)
      return [['rows', at], `row ${at} of table '${id}' has no '${unnamed}' to name it`, []];
    const key = rowKey(result, row);
    const first = seen.get(key);
    if (first !== undefined) {
      return [['rows', at], `rows ${first} and ${at} of table '${id}' are both named '${key}'`, []];
    }
    seen.set(key, at);
  }
  return undefined;
};

/**
 * A results file, checked against its schema.
 *
 * @param file how the reader of an error knows it
 * @throws BadResultFile with the line and column of the first fault
 */
export const readResults = (text: string, file: string): ResultFile => {
  const faults: ParseError[] = [];
  const tree = parseTree(text, faults);
  const fault = faults[0];
  if (fault || !tree) {
    const offset = fault?.offset ?? 0;
    throw new PaperError(
      'BadResultFile',
      `${file} is not JSON: ${fault ? printParseErrorCode(fault.error) : 'it is empty'}.`,
      {
        where: positionAt(file, text, offset),
        hint: 'write it with JSON.stringify; NaN and Infinity are not JSON, and no result is ever one of them.',
      },
    );
  }
  const parsed = resultFileSchema.safeParse(JSON.parse(text));
  if (parsed.success) {
    parsed.data.results.forEach((result, at) => {
      const fault = contentFault(result);
      if (!fault) return;
      const [path, message, details] = fault;
      const node = findNodeAtLocation(tree, ['results', at, ...path]) ?? tree;
      throw new PaperError('BadResultFile', `${file} says nothing: ${message}.`, {
        where: positionAt(file, text, node.offset),
        details,
        hint: 'see the stage that writes it: a result has rows, each under a name of its own, and every cell that it names.',
      });
    });
    return parsed.data;
  }
  const issue = parsed.error.issues[0];
  const path = (issue?.path ?? []) as (string | number)[];
  const node = findNodeAtLocation(tree, path) ?? findNodeAtLocation(tree, path.slice(0, -1)) ?? tree;
  const received =
    getLocation(text, node.offset) && text.slice(node.offset, node.offset + Math.min(node.length, 60));
  throw new PaperError(
    'BadResultFile',
    `${file} is not a results file: ${path.join('.') || 'the whole'} ${issue?.message ?? ''}.`,
    {
      where: positionAt(file, text, node.offset),
      details: [`received ${received}`],
      hint: 'see src/results/result-schema.ts: a results file holds tables, values and series.',
    },
  );
};

/** Checks what a stage wrote before it is stored. @throws BadResultFile as readResults */
export const validateResults = (text: string, file: string): void => {
  readResults(text, file);
};
