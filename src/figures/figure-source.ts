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

const escaped = (word: string): string => word.replace(/\W/g, '\\$&');

/** Where a module names something: as a text, as a key, or anywhere as a whole word; -1 where it does not. */
const offsetOf = (text: string, word: string): number => {
  const name = escaped(word);
  const forms = [
    `(?<=['"\`])${name}(?=['"\`])`,
    `(?<![\\w-])${name}(?=\\s*:)`,
    `(?<![\\w-])${name}(?![\\w-])`,
  ];
  return forms.map((form) => text.search(new RegExp(form))).find((at) => at >= 0) ?? -1;
};

/** A builder makes fields of an interval from a column's name, which is what the module says. */
const derived = /-(?:low|high)$/;

/** A field, or where its author named a builder's column alone, that column. */
export const namedField = ({ file, text }: FigureSource, field: string): string =>
  file.endsWith('.ts') && offsetOf(text, field) < 0 ? field.replace(derived, '') : field;

/**
 * Where a figure's file says something: in JSON by its path; elsewhere, and where the path leads nowhere, by the place of
 * the word, or of the column that it is derived from. What a module does not say itself, what it exports does: there.
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
  const words = word === undefined ? [] : [word, word.replace(derived, '')];
  const at = [...words.map((one) => offsetOf(text, one)), text.search(/^export default\b/m)].find(
    (offset) => offset >= 0,
  );
  return at === undefined ? { file } : positionAt(file, text, at);
};
