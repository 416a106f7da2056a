import {
  findNodeAtLocation,
  getLocation,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser';
import { PaperError, type SourcePosition } from '../engine/stage/index.ts';
import { type ResultFile, resultFileSchema } from './result-schema.ts';

const positionAt = (file: string, text: string, offset: number): SourcePosition => {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
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
  if (parsed.success) return parsed.data;
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
