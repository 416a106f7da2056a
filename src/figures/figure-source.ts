import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import type { SourcePosition } from '../engine/stage/index.ts';

/** A figure as its author wrote it: `content/<paper>/figures/<id>.json` or `.ts`. */
export interface FigureSource {
  readonly id: string;
  readonly file: string;
  /** The file's text, for places of errors. */
  readonly text: string;
  /** A Vega-Lite specification whose data are names of results. */
  readonly spec: Readonly<Record<string, unknown>>;
}

const positionAt = ({ file, text }: FigureSource, offset: number): SourcePosition => {
  const before = text.slice(0, offset).split('\n');
  return { file, line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
};

/**
 * Where a figure's file says something: in JSON by its path; elsewhere, and where the path leads nowhere, by the first
 * place of the word.
 */
export const placeOf = (
  source: FigureSource,
  path: readonly (string | number)[],
  word?: string,
): SourcePosition => {
  if (source.file.endsWith('.json')) {
    const tree = parseTree(source.text);
    const node = tree && findNodeAtLocation(tree, [...path]);
    if (node) return positionAt(source, node.offset);
  }
  const at =
    word === undefined
      ? -1
      : source.text.search(new RegExp(`(?<![\\w-])${word.replace(/\W/g, '\\$&')}(?![\\w-])`));
  return at < 0 ? { file: source.file } : positionAt(source, at);
};
