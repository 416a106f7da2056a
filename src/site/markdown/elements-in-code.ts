import type { Node } from 'unist';

/** An element of JSX within code. */
interface CodeElement {
  /** As it is written, with its members: `props.components.Claim`. */
  readonly name: string;
  /** Carries the place. */
  readonly node: Node;
}

/** A part of a program; columns count from 0. */
export interface Part {
  readonly type: string;
  readonly name?: unknown;
  readonly loc?: { readonly start: Place; readonly end: Place } | null | undefined;
  readonly [member: string]: unknown;
}

interface Place {
  readonly line: number;
  readonly column: number;
}

export const isPart = (value: unknown): value is Part =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';

const nameOf = (part: unknown): string => {
  if (!isPart(part)) return '';
  if (part.type === 'JSXMemberExpression') return `${nameOf(part['object'])}.${nameOf(part['property'])}`;
  if (part.type === 'JSXNamespacedName') return `${nameOf(part['namespace'])}:${nameOf(part.name)}`;
  return String(part.name);
};

/** Where a part of a program stands, as a node of the text has it. */
export const placed = ({ loc }: Pick<Part, 'loc'>): Node => {
  const at = ({ line, column }: Place) => ({ line, column: column + 1 });
  return { type: 'element', ...(loc ? { position: { start: at(loc.start), end: at(loc.end) } } : {}) };
};

/** Every element within a program, however deep: in functions, conditions and attributes of other elements. */
export const elementsInCode = (code: unknown): readonly CodeElement[] => {
  if (Array.isArray(code)) return code.flatMap(elementsInCode);
  if (typeof code !== 'object' || code === null) return [];
  const own =
    isPart(code) && code.type === 'JSXOpeningElement'
      ? [{ name: nameOf(code.name), node: placed(code) }]
      : [];
  return [...own, ...Object.values(code).flatMap(elementsInCode)];
};
