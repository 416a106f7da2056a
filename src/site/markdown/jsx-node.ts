import type { Node } from 'unist';
import type { VFile } from 'vfile';
import { PaperError, type SourcePosition } from '../../engine/stage/index.ts';

/** A component in MDX, as the parser gives it. */
export interface JsxNode extends Node {
  type: 'mdxJsxFlowElement' | 'mdxJsxTextElement';
  name: string | null;
  attributes: { type: string; name?: string; value?: unknown }[];
  children: Node[];
}

export const isJsx = (node: Node): node is JsxNode =>
  node.type === 'mdxJsxFlowElement' || node.type === 'mdxJsxTextElement';

/** An attribute's text; an attribute without a value is its empty text. */
export const attributeOf = (node: JsxNode, name: string): string | undefined => {
  const attribute = node.attributes.find((candidate) => candidate.name === name);
  if (!attribute) return undefined;
  return typeof attribute.value === 'string' ? attribute.value : '';
};

export const setAttribute = (node: JsxNode, name: string, value: string): void => {
  node.attributes = [
    ...node.attributes.filter((attribute) => attribute.name !== name),
    { type: 'mdxJsxAttribute', name, value },
  ];
};

/** All text below a node, formulas as TeX. */
export const textOf = (node: Node): string =>
  'value' in node && typeof node.value === 'string'
    ? node.value
    : 'children' in node
      ? (node.children as Node[]).map(textOf).join('')
      : '';

/** Where a node stands, for an error's reader. */
export const positionOf = (file: VFile, node: Node): SourcePosition => ({
  file: file.path.includes('/content/') ? file.path.slice(file.path.lastIndexOf('/content/') + 1) : file.path,
  ...(node.position ? { line: node.position.start.line, column: node.position.start.column } : {}),
});

/** The paper that a file of `content/<paper>/` belongs to. */
export const paperOf = (file: VFile): string => /content\/([^/]+)\/[^/]+$/.exec(file.path)?.[1] ?? '';

/** The page of the paper, or the part of one, that a file is. */
export const pageOf = (file: VFile): string => /content\/[^/]+\/([^/]+)\.mdx$/.exec(file.path)?.[1] ?? '';

export const authorError = (
  name: string,
  message: string,
  file: VFile,
  node: Node,
  hint: string,
): PaperError => new PaperError(name, message, { where: positionOf(file, node), hint });

/** The names with digits that a paper's frontmatter allows. */
export const allowedNames = (file: VFile): readonly string[] => {
  const { frontmatter } = (file.data['astro'] ?? {}) as { frontmatter?: { allow?: unknown } };
  const { allow } = frontmatter ?? {};
  return Array.isArray(allow) ? allow.map(String) : [];
};
