import { findNodeAtLocation, type Node, type ParseError, parseTree, printParseErrorCode } from 'jsonc-parser';
import { PaperError, positionAt } from '../engine/stage/index.ts';
import { contentFault } from './content-fault.ts';
import { type Result, type ResultInput, resultFileSchema } from './result-schema.ts';

const notJson = (text: string, file: string, fault: ParseError | undefined): PaperError =>
  new PaperError(
    'BadResultFile',
    `${file} is not JSON: ${fault ? printParseErrorCode(fault.error) : 'it is empty'}.`,
    {
      where: positionAt(file, text, fault?.offset ?? 0),
      hint: 'write it with JSON.stringify; NaN and Infinity are not JSON, and no result is ever one of them.',
    },
  );

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

/** Both ways of writing a result in one form. */
const inReplicates = (result: ResultInput): Result => {
  if (result.kind === 'value') {
    const { value, replicates, ...rest } = result;
    return { ...rest, replicates: replicates ?? [{ seed: null, value: value! }] };
  }
  const { rows, replicates, ...rest } = result;
  return { ...rest, replicates: replicates ?? [{ seed: null, rows: rows! }] };
};

/**
 * A results file, checked against its schema.
 *
 * @param file how the reader of an error knows it
 * @throws BadResultFile with the line and column of the first fault
 */
export const readResults = (text: string, file: string): readonly Result[] => {
  const faults: ParseError[] = [];
  const tree = parseTree(text, faults, { disallowComments: true });
  if (faults[0] || !tree) throw notJson(text, file, faults[0]);
  const bad = (node: Node, what: string, details: readonly string[]): PaperError =>
    new PaperError('BadResultFile', `${file} ${what}.`, {
      where: positionAt(file, text, node.offset),
      details,
      hint: 'see the stage that writes it, and src/results/result-schema.ts: a result has rows, each under a name of its own, and every cell that its columns name.',
    });
  const nodeAt = (path: readonly (string | number)[]): Node =>
    findNodeAtLocation(tree, [...path]) ?? (path.length === 0 ? tree : nodeAt(path.slice(0, -1)));
  const twice = memberTwice(tree);
  if (twice) throw bad(twice, `names '${twice.value}' twice in one place`, []);
  const parsed = resultFileSchema.safeParse(JSON.parse(text));
  if (!parsed.success) {
    const issue = parsed.error.issues[0]!;
    const path = issue.path as (string | number)[];
    const node = nodeAt(path);
    throw bad(node, `is not a results file: ${path.join('.') || 'the whole'}: ${issue.message}`, [
      `received ${text.slice(node.offset, node.offset + Math.min(node.length, 60))}`,
    ]);
  }
  parsed.data.results.forEach((result, at) => {
    const fault = contentFault(result);
    if (fault)
      throw bad(nodeAt(['results', at, ...fault.path]), `says nothing: ${fault.message}`, fault.details);
  });
  return parsed.data.results.map(inReplicates);
};

/** Checks what a stage wrote before it is stored. @throws BadResultFile as readResults */
export const validateResults = (text: string, file: string): void => {
  readResults(text, file);
};
