/**
 * Leaves out of a stage's code what its process does not need: parameters are parsed before it starts, and are in the
 * key as parsed. What their schemas were made of is then used by nobody, and the bundler drops it, zod with it.
 */
import { stripTypeScriptTypes } from 'node:module';
import type { AnyNode, CallExpression, ObjectExpression, Program } from 'acorn';

interface Edit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

const mark = '/* @__PURE__ */ ';

/** Members of a definition that the parent alone reads -> what stands for them; for a schema, see stage-guard.ts. */
const parentsOwn: Readonly<Record<string, string>> = {
  params: `params: ${mark}stageSchema(),`,
  limitMinutes: '',
  module: '',
};

const isNode = (value: unknown): value is AnyNode =>
  typeof value === 'object' && value !== null && typeof (value as AnyNode).type === 'string';

const isFunction = ({ type }: AnyNode): boolean => /Function|Class/.test(type);

/** All calls in a piece of code. @param later whether also those that are made only when a function in it is called */
const callsIn = (node: AnyNode, later: boolean): readonly CallExpression[] => {
  const own = node.type === 'CallExpression' ? [node] : [];
  if (isFunction(node) && !later) return own;
  const below = Object.values(node).flat().filter(isNode);
  return [...own, ...below.flatMap((child) => callsIn(child, later))];
};

/** The names in a chain like `z.string().min(1)`, in order; none where it is of another form. */
const chainOf = (node: AnyNode): readonly string[] => {
  if (node.type === 'Identifier') return [node.name];
  if (node.type === 'CallExpression') return chainOf(node.callee);
  if (node.type !== 'MemberExpression' || node.property.type !== 'Identifier') return [];
  const chain = chainOf(node.object);
  return chain.length === 0 ? [] : [...chain, node.property.name];
};

interface Import {
  readonly from: string;
  /** What is imported; `*` for all of it. */
  readonly name: string;
  readonly local: string;
}

const importsOf = ({ body }: Program): readonly Import[] =>
  body.flatMap((statement) =>
    statement.type === 'ImportDeclaration'
      ? statement.specifiers.map((specifier) => ({
          from: String(statement.source.value),
          name:
            specifier.type === 'ImportSpecifier' && specifier.imported.type === 'Identifier'
              ? specifier.imported.name
              : '*',
          local: specifier.local.name,
        }))
      : [],
  );

/** Which calls are of `defineStage`, under whatever name a module imports it. */
const definitionsOf = (program: Program): ((call: CallExpression) => boolean) => {
  const imports = importsOf(program);
  const names = (name: string) => imports.filter((found) => found.name === name).map(({ local }) => local);
  const spelled = new Set([...names('defineStage'), ...names('*').map((local) => `${local}.defineStage`)]);
  return ({ callee }) => spelled.has(chainOf(callee).join('.'));
};

/** Of zod's, what does more than to make a schema. */
const acts = /parse|code|regist|config/i;

/** The values that a module gives to its constants, with their names where they have one. */
const constantsOf = ({ body }: Program): readonly (readonly [name: string, value: AnyNode])[] =>
  body
    .map((statement) => (statement.type === 'ExportNamedDeclaration' ? statement.declaration : statement))
    .flatMap((statement) => (statement?.type === 'VariableDeclaration' ? statement.declarations : []))
    .flatMap(({ id, init }) => (init ? [[id.type === 'Identifier' ? id.name : '', init] as const] : []));

/** Calls that a module makes as it loads, for a schema's or a definition's sake: without a use for it, they are for nothing. */
const idleCalls = (program: Program): readonly CallExpression[] => {
  const isDefinition = definitionsOf(program);
  const schemas = new Set(
    importsOf(program)
      .filter(({ from }) => /^zod(\/|$)/.test(from))
      .map(({ local }) => local),
  );
  const isSchema = (node: AnyNode): boolean => {
    const [root = '', ...chain] = chainOf(node);
    return schemas.has(root) && !chain.some((name) => acts.test(name));
  };
  return constantsOf(program).flatMap(([name, value]) => {
    if (isSchema(value)) schemas.add(name);
    return callsIn(value, false).filter((call) => isSchema(call) || isDefinition(call));
  });
};

/** Lines stay, so that places in the code do. */
const linesOf = (text: string): string => text.replace(/[^\n]/g, '');

const withoutParentsOwn = (text: string, { properties, end }: ObjectExpression): readonly Edit[] =>
  properties.flatMap((property, index) => {
    if (property.type !== 'Property' || property.computed || property.key.type !== 'Identifier') return [];
    const instead = parentsOwn[property.key.name];
    if (instead === undefined) return [];
    const next = properties[index + 1]?.start ?? end - 1;
    return [
      { start: property.start, end: next, text: `${instead}${linesOf(text.slice(property.start, next))}` },
    ];
  });

/** Types become spaces: places stay. What does not parse is for the bundler to tell. */
const parsed = async (text: string): Promise<Program | undefined> => {
  const { parse } = await import('acorn');
  try {
    // A byte order mark would go, and all places with it.
    const code = stripTypeScriptTypes(text.replace(/^\uFEFF/, ' '));
    return parse(code, { ecmaVersion: 'latest', sourceType: 'module' });
  } catch {
    return undefined;
  }
};

const without = async (text: string): Promise<string> => {
  const program = await parsed(text);
  if (!program) return text;
  const left = callsIn(program, true)
    .filter(definitionsOf(program))
    .flatMap(({ arguments: [given] }) =>
      given?.type === 'ObjectExpression' ? withoutParentsOwn(text, given) : [],
    );
  const marked = new Set(idleCalls(program).map(({ start }) => start));
  const marks = [...marked]
    .filter((start) => !left.some((edit) => edit.start <= start && start < edit.end))
    .map((start): Edit => ({ start, end: start, text: mark }));
  return [...left, ...marks]
    .toSorted((a, b) => b.start - a.start)
    .reduce((code, edit) => code.slice(0, edit.start) + edit.text + code.slice(edit.end), text);
};

/** By a module's text: most stages reach the same ones. */
const known = new Map<string, Promise<string>>();

/**
 * @param text of a module, in TypeScript or JavaScript
 * @returns the same, on the same lines, without the schemas of its definitions' parameters; schemas of its own are
 * marked, so that the bundler keeps those that something uses
 */
export const withoutSchemas = (text: string): Promise<string> => {
  if (!/\bdefineStage\b|['"]zod\b/.test(text)) return Promise.resolve(text);
  if (!known.has(text)) known.set(text, without(text));
  return known.get(text)!;
};
