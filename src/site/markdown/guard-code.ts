import { fileURLToPath } from 'node:url';
import type { Expression, Identifier, Literal, Program, SpreadElement } from 'estree';
import type { Root } from 'mdast';
import type { Node, Parent } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { isReadAttribute } from '../typed-number.ts';
import { broughtNames } from './brought-names.ts';
import { componentNames } from './component-names.ts';
import { isExpression, literalText } from './expression-node.ts';
import { reportFault } from './faults.ts';
import { allowedNames, authorError, isJsx, type JsxNode, positionOf } from './jsx-node.ts';

/** Code in a page, as the parser gives it. */
interface CodeNode extends Node {
  readonly value: string;
  readonly data?: { readonly estree?: Program };
}

const identifier = (name: string): Identifier => ({ type: 'Identifier', name });
const literal = (value: string | number | boolean): Literal => ({ type: 'Literal', value });

const guards = {
  shown: '_shown',
  shownAttributes: '_shownAttributes',
  component: '_Shown',
  given: '_Given',
} as const;

/** Components that guard, by the names that they have in a page. */
const components = { [guards.component]: 'Shown', [guards.given]: 'Given' } as const;

/** Of the page itself: it is not to be mistaken for an author's name. */
const imports = (): Node => {
  const shown = fileURLToPath(new URL('../shown.ts', import.meta.url));
  const brought = Object.entries(components).map(
    ([name, file]) => [name, fileURLToPath(new URL(`../components/${file}.astro`, import.meta.url))] as const,
  );
  const value = [
    `import { shown as ${guards.shown}, shownAttributes as ${guards.shownAttributes} } from ${JSON.stringify(shown)};`,
    ...brought.map(([name, path]) => `import ${name} from ${JSON.stringify(path)};`),
  ].join('\n');
  const estree: Program = {
    type: 'Program',
    sourceType: 'module',
    comments: [],
    body: [
      {
        type: 'ImportDeclaration',
        attributes: [],
        source: literal(shown),
        specifiers: (['shown', 'shownAttributes'] as const).map((name) => ({
          type: 'ImportSpecifier',
          imported: identifier(name),
          local: identifier(guards[name]),
        })),
      },
      ...brought.map(([name, path]): Program['body'][number] => ({
        type: 'ImportDeclaration',
        attributes: [],
        source: literal(path),
        specifiers: [{ type: 'ImportDefaultSpecifier', local: identifier(name) }],
      })),
    ],
  };
  return { type: 'mdxjsEsm', value, data: { estree } } as Node;
};

/** `_shown(() => expression, isRead, file, line, column, allowed)` */
const guarded = (
  guard: string,
  expression: Expression,
  isRead: boolean,
  node: Node,
  file: VFile,
): Expression => {
  const { file: name, line = 1, column = 1 } = positionOf(file, node);
  return {
    type: 'CallExpression',
    optional: false,
    callee: identifier(guard),
    arguments: [
      { type: 'ArrowFunctionExpression', expression: true, params: [], body: expression },
      literal(isRead),
      literal(name),
      literal(line),
      literal(column),
      { type: 'ArrayExpression', elements: allowedNames(file).map(literal) },
    ],
  };
};

/** A lower-case name is an element of HTML, whatever else it names. */
const isBrought = ({ name }: JsxNode, brought: ReadonlySet<string>): boolean =>
  name !== null && (!/^[a-z]/.test(name) || name.includes('.')) && brought.has(name.split('.')[0] ?? '');

/** What cannot be looked at as it is printed. */
const refuseWaiting = (node: Node, code: CodeNode, file: VFile): void => {
  if (!/\bawait\b/.test(code.value)) return;
  reportFault(
    file,
    authorError(
      'WaitingCode',
      'code in a page waits for something, which a build may not do.',
      file,
      node,
      'let a stage compute what is needed, and name its result.',
    ),
  );
};

const guardExpression = (node: CodeNode, isRead: boolean, file: VFile): void => {
  const [statement] = node.data?.estree?.body ?? [];
  if (statement?.type !== 'ExpressionStatement') return;
  statement.expression = guarded(guards.shown, statement.expression, isRead, node, file);
};

const guardSpread = (node: Node, code: CodeNode, file: VFile): void => {
  const [statement] = code.data?.estree?.body ?? [];
  if (statement?.type !== 'ExpressionStatement' || statement.expression.type !== 'ObjectExpression') return;
  for (const property of statement.expression.properties) {
    if (property.type !== 'SpreadElement') continue;
    const spread: SpreadElement = property;
    spread.argument = guarded(guards.shownAttributes, spread.argument, true, node, file);
  }
};

const guardAttributes = (node: JsxNode, file: VFile): void => {
  for (const attribute of node.attributes) {
    if (attribute.type === 'mdxJsxExpressionAttribute') {
      refuseWaiting(node, attribute as unknown as CodeNode, file);
      guardSpread(node, attribute as unknown as CodeNode, file);
    } else if (typeof attribute.value === 'object' && attribute.value !== null) {
      const code = { ...(attribute.value as CodeNode), position: node.position } as CodeNode;
      refuseWaiting(node, code, file);
      guardExpression(code, isReadAttribute(attribute.name ?? ''), file);
    }
  }
};

/** An attribute without a value, which the parser gives as null, holds none. */
const holdsCode = ({ type, value }: JsxNode['attributes'][number]): boolean =>
  type !== 'mdxJsxAttribute' || (typeof value === 'object' && value !== null);

const isOfSlot = (node: Node): boolean => isJsx(node) && node.attributes.some(({ name }) => name === 'slot');

const marked = (
  type: JsxNode['type'],
  children: readonly Node[],
  attributes: JsxNode['attributes'] = [],
): Node => ({ type, name: guards.given, attributes, children }) as JsxNode;

/** What a page gives a component is its own text: marked, slot by slot, so that it is told from what the component prints. */
const markGiven = (node: JsxNode): void => {
  const ofSlots = node.children.filter(isOfSlot) as JsxNode[];
  const others = node.children.filter((child) => !isOfSlot(child));
  node.children = [
    ...(others.length > 0 ? [marked(node.type, others)] : []),
    ...ofSlots.map((child) =>
      marked(
        node.type,
        [{ ...child, attributes: child.attributes.filter(({ name }) => name !== 'slot') } as JsxNode],
        child.attributes.filter(({ name }) => name === 'slot'),
      ),
    ),
  ];
};

/** A file without a frontmatter is a part of a page, which brings it as a component. */
const isPart = (file: VFile): boolean => {
  const { frontmatter } = (file.data['astro'] ?? {}) as { frontmatter?: { title?: unknown } };
  return frontmatter?.title === undefined;
};

/**
 * Numbers have doors besides the text: whatever code a page holds is looked at as it prints, with its place at hand, also
 * for what fails. Faults: WaitingCode
 */
export const guardCode = () => (tree: Root, file: VFile) => {
  const brought = broughtNames(tree);
  const held = new Set<Node>();
  const isOfPart = isPart(file);
  let needsGuard = false;
  visit(tree, (node: Node, index: number | undefined, parent: Parent | undefined) => {
    if (isExpression(node) && literalText(node) === undefined) {
      needsGuard = true;
      refuseWaiting(node, node as CodeNode, file);
      guardExpression(node as CodeNode, true, file);
    }
    if (!isJsx(node)) return undefined;
    if (node.attributes.some(holdsCode)) needsGuard = true;
    guardAttributes(node, file);
    if (!parent || index === undefined) return undefined;
    if (isOfPart && componentNames.has(node.name ?? '') && !held.has(node)) {
      needsGuard = true;
      // The rules of the text have looked at it in the part, with all that it holds.
      parent.children[index] = marked(node.type, [node]);
      visit(node as Parent, (within) => void held.add(within));
      return undefined;
    }
    if (!isBrought(node, brought)) return undefined;
    needsGuard = true;
    const { file: name, line = 1, column = 1 } = positionOf(file, node);
    const attributes = {
      name: node.name ?? '',
      file: name,
      line,
      column,
      allowed: JSON.stringify(allowedNames(file)),
    };
    markGiven(node);
    parent.children[index] = {
      ...node,
      name: guards.component,
      attributes: Object.entries(attributes).map(([attribute, value]) => ({
        type: 'mdxJsxAttribute',
        name: attribute,
        value: String(value),
      })),
      children: [node],
    } as JsxNode;
    // What it holds is still visited.
    return undefined;
  });
  if (needsGuard) (tree.children as Node[]).unshift(imports());
};
