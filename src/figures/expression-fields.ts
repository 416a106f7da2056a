/** What an expression of Vega reads of a row. */
import { parseExpression } from 'vega';

/** A node of an expression's syntax tree. */
interface Syntax {
  readonly type: string;
  readonly [member: string]: unknown;
}

export interface ExpressionReads {
  /** Fields by name, `datum.loss` and `datum['q-norm']`; a name that is computed is not among them. */
  readonly fields: readonly string[];
  /** Whether it reads a row at all. */
  readonly datum: boolean;
  /** Functions that give another answer each time. */
  readonly chance: readonly string[];
  /** Whether it is a word: one can name a line, and is no datum. */
  readonly word: boolean;
}

const chanceFunctions = ['random', 'now', 'sampleNormal', 'sampleLogNormal', 'sampleUniform'];

const isSyntax = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && typeof (value as Syntax).type === 'string';

const namesDatum = (value: unknown): boolean =>
  isSyntax(value) && value.type === 'Identifier' && value['name'] === 'datum';

const nameOfMember = ({ computed, property }: Syntax): string | undefined => {
  if (!isSyntax(property)) return undefined;
  const name = computed === true ? property['value'] : property['name'];
  return typeof name === 'string' ? name : undefined;
};

/** Functions that print some of their arguments as they are. */
const printedArguments: Readonly<Record<string, readonly number[]>> = {
  if: [1, 2],
  join: [1],
  pad: [2],
  replace: [2],
  truncate: [3],
};

/** The parts of a node that its value is made of, as they are. */
const printedParts = (node: Syntax): readonly unknown[] => {
  switch (node.type) {
    case 'ConditionalExpression':
      return [node['consequent'], node['alternate']];
    case 'LogicalExpression':
      return [node['left'], node['right']];
    case 'BinaryExpression':
      return node['operator'] === '+' ? [node['left'], node['right']] : [];
    case 'ArrayExpression':
      return node['elements'] as readonly unknown[];
    case 'CallExpression': {
      const name = isSyntax(node['callee']) ? String(node['callee']['name']) : '';
      const given = node['arguments'] as readonly unknown[];
      return Object.hasOwn(printedArguments, name) ? printedArguments[name]!.map((at) => given[at]) : [];
    }
    default:
      return [];
  }
};

/** @returns undefined where it is no expression, of which `expressionReads` tells */
const parsed = (expression: string): unknown => {
  try {
    return parseExpression(expression);
  } catch {
    return undefined;
  }
};

/**
 * Texts and numbers of an expression that are printed where its value is: not those that it compares with, looks up or
 * formats by. None of what is no expression.
 */
export const printedLiterals = (expression: string): readonly (string | number)[] => {
  const literalsOf = (node: unknown): readonly (string | number)[] => {
    if (!isSyntax(node)) return [];
    const { type, value } = node;
    if (type === 'Literal') return typeof value === 'string' || typeof value === 'number' ? [value] : [];
    return printedParts(node).flatMap(literalsOf);
  };
  return literalsOf(parsed(expression));
};

/** @throws Error with Vega's words where it is no expression */
export const expressionReads = (expression: string): ExpressionReads => {
  const fields: string[] = [];
  const chance: string[] = [];
  let datum = false;
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) for (const member of node) visit(member);
    if (!isSyntax(node)) return;
    if (namesDatum(node)) datum = true;
    if (node.type === 'MemberExpression' && namesDatum(node['object'])) {
      const name = nameOfMember(node);
      if (name !== undefined) fields.push(name);
    }
    if (node.type === 'CallExpression' && isSyntax(node['callee'])) {
      const name = String(node['callee']['name']);
      if (chanceFunctions.includes(name)) chance.push(name);
    }
    for (const member of Object.values(node)) visit(member);
  };
  const tree: unknown = parseExpression(expression);
  visit(tree);
  const word = isSyntax(tree) && tree.type === 'Literal' && typeof tree['value'] === 'string';
  return { fields, datum, chance, word };
};

/** Fields that an expression reads; none of what is no expression. */
export const fieldsRead = (expression: string): readonly string[] =>
  parsed(expression) === undefined ? [] : expressionReads(expression).fields;
