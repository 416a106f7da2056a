import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { type PaperError, positionAt, type SourcePosition } from '../engine/stage/index.ts';

/** JSON that an author or a stage wrote. */
export interface JsonSource {
  readonly value: unknown;
  /** What a path leads to, or the innermost of it that is there; where it stands, and how it is written. */
  readonly at: (path: readonly PropertyKey[]) => { readonly where: SourcePosition; readonly written: string };
}

/** Of two members of one name the last one would win in silence. */
const memberTwice = (node: Node): Node | undefined => {
  const names = new Set<string>();
  for (const child of node.children ?? []) {
    const [name] = child.type === 'property' ? (child.children ?? []) : [];
    if (name && names.has(name.value)) return name;
    if (name) names.add(name.value);
    const below = memberTwice(child);
    if (below) return below;
  }
  return undefined;
};

/** What version control leaves of two versions of a line. */
const mergeMark = /^(?:<{7}|={7}|>{7})(?: |$)/m;

/** @param bad makes the error of a text that is no JSON, or names a member twice: what is wrong with it, and where */
export const readJson = (
  text: string,
  file: string,
  bad: (what: string, where: SourcePosition) => PaperError,
): JsonSource => {
  if (text.startsWith('\uFEFF')) throw bad('begins with a byte order mark', positionAt(file, text, 0));
  const merged = mergeMark.exec(text);
  if (merged)
    throw bad('holds the marks of a merge that is not finished', positionAt(file, text, merged.index));
  const faults: ParseError[] = [];
  const tree = parseTree(text, faults, { disallowComments: true });
  const [fault] = faults;
  if (fault || !tree) {
    const what = fault ? printParseErrorCode(fault.error) : 'ValueExpected';
    const words = what.replace(/(?<=[a-z])[A-Z]/g, (letter) => ` ${letter}`).toLowerCase();
    throw bad(`is not JSON: ${words}`, positionAt(file, text, fault?.offset ?? 0));
  }
  const twice = memberTwice(tree);
  if (twice) throw bad(`names '${twice.value}' twice in one place`, positionAt(file, text, twice.offset));
  const nodeAt = (path: readonly PropertyKey[]): Node =>
    findNodeAtLocation(tree, path as (string | number)[]) ??
    (path.length === 0 ? tree : nodeAt(path.slice(0, -1)));
  return {
    value: JSON.parse(text),
    at: (path) => {
      const { offset, length } = nodeAt(path);
      return { where: positionAt(file, text, offset), written: text.slice(offset, offset + length) };
    },
  };
};
