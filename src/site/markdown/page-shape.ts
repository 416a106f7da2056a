import type { Root } from 'hast';
import type { Node } from 'unist';
import type { VFile } from 'vfile';
import { sha256 } from '../../engine/stage/index.ts';

declare module 'vfile' {
  interface DataMap {
    /** Digest of all of a page but its plain text. */
    shape: string;
  }
}

interface HastNode extends Node {
  readonly tagName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly HastNode[];
}

/** Headings are listed and linked to by their words. */
const isHeading = ({ tagName = '' }: HastNode): boolean => /^h[1-6]$/.test(tagName);

/** Where nodes stand in the file counts for nothing once they are HTML. */
const places: ReadonlySet<string> = new Set(['position', 'start', 'end', 'loc', 'range']);
const placeless = (key: string, value: unknown): unknown => (places.has(key) ? undefined : value);

/** What a place of the tree says besides text: components, code and headings whole, elements by their attributes. */
const shapesIn = (node: HastNode): readonly unknown[] => {
  if (node.type === 'text') return [];
  if (node.type !== 'element' && node.type !== 'root') return [node];
  if (isHeading(node)) return [node];
  const below = (node.children ?? []).flatMap(shapesIn);
  const { tagName, properties = {} } = node;
  return Object.keys(properties).length === 0 ? below : [{ tagName, properties, below }];
};

const hasModules = ({ children }: Root): boolean => children.some(({ type }) => type === 'mdxjsEsm');

/**
 * The last of the plugins of a check: tells pages apart by all that can decide an address, a place to link to, or a
 * component's work. Text that stands in no component and no heading does not: Astro puts it out as it is. A page with
 * imports or exports of its own, which may put components in the place of plain elements, counts whole.
 */
export const keepShape = () => (tree: Root, file: VFile) => {
  const shape = hasModules(tree) ? tree : shapesIn(tree);
  file.data.shape = sha256(JSON.stringify(shape, placeless));
};
