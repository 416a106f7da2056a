import type { Node } from 'unist';

/** What stands between braces in MDX, as the parser gives it. */
interface ExpressionNode extends Node {
  readonly value: string;
  readonly data?: { readonly estree?: { readonly body: readonly Statement[] } };
}

/** Of a program that is one expression, what tells a text. */
interface Statement {
  readonly expression?: {
    readonly type: string;
    readonly value?: unknown;
    readonly expressions?: readonly unknown[];
    readonly quasis?: readonly { readonly value: { readonly cooked?: string | null } }[];
  };
}

export const isExpression = (node: Node): node is ExpressionNode =>
  node.type === 'mdxTextExpression' || node.type === 'mdxFlowExpression';

/** The text that an expression is: a string, or nothing for a comment; undefined where code makes it. */
export const literalText = ({ data }: ExpressionNode): string | undefined => {
  const statement = data?.estree?.body[0];
  if (!statement) return '';
  const { type, value, expressions, quasis } = statement.expression ?? { type: '' };
  if (type === 'Literal' && typeof value === 'string') return value;
  if (type === 'TemplateLiteral' && expressions?.length === 0) return quasis?.[0]?.value.cooked ?? undefined;
  return undefined;
};
