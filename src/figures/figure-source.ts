import { findNodeAtLocation, parseTree } from 'jsonc-parser';
import { positionAt, type SourcePosition } from '../engine/stage/index.ts';

/** A figure as its author wrote it: `content/<paper>/figures/<id>.json` or `.ts`. */
export interface FigureSource {
  readonly id: string;
  readonly file: string;
  /** The file's text, for places of errors. */
  readonly text: string;
  /** A Vega-Lite specification whose data are names of results. */
  readonly spec: Readonly<Record<string, unknown>>;
}

/**
 * Where a figure's file says something: in JSON by its path; elsewhere, and where the path leads nowhere, by the first
 * place of the word.
 */
export const placeOf = (
  { file, text }: FigureSource,
  path: readonly (string | number)[],
  word?: string,
): SourcePosition => {
  if (file.endsWith('.json')) {
    const tree = parseTree(text);
    const node = tree && findNodeAtLocation(tree, [...path]);
    if (node) return positionAt(file, text, node.offset);
  }
  const at =
    word === undefined ? -1 : text.search(new RegExp(`(?<![\\w-])${word.replace(/\W/g, '\\$&')}(?![\\w-])`));
  return at < 0 ? { file } : positionAt(file, text, at);
};
