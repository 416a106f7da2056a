import type { Node } from 'unist';
import { isPart, type Part, placed } from './elements-in-code.ts';

/** A text or a number that stands in code. */
interface CodeLiteral {
  /** As it is written, with its quotes. */
  readonly raw: string;
  /** Carries the place. */
  readonly node: Node;
}

const rawOf = (part: Part): unknown => {
  if (part.type === 'Literal' || part.type === 'JSXText') return part['raw'];
  if (part.type !== 'TemplateElement') return undefined;
  return (part['value'] as { readonly raw?: unknown }).raw;
};

/** What code prints besides what it computes, however deep it stands; names and comments are no part of it. */
export const literalsInCode = (code: unknown): readonly CodeLiteral[] => {
  if (Array.isArray(code)) return code.flatMap(literalsInCode);
  if (typeof code !== 'object' || code === null) return [];
  const raw = isPart(code) ? rawOf(code) : undefined;
  if (isPart(code) && typeof raw === 'string') return [{ raw, node: placed(code) }];
  return Object.entries(code).flatMap(([member, value]) =>
    member === 'comments' ? [] : literalsInCode(value),
  );
};
