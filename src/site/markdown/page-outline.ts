import type { Root } from 'hast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { sha256 } from '../../engine/stage/index.ts';
import { idsInHtml } from '../link-targets.ts';
import { componentNames } from './component-names.ts';
import { attributeOf, isJsx, type JsxNode } from './jsx-node.ts';
import { numbered } from './page-places.ts';

/** What a page's text says of how it renders. */
export interface TextOutline {
  /** Digest of all that can decide more of a rendered site than the anchors do. */
  readonly shape: string;
  /** The ids that its text gives its page. */
  readonly anchors: readonly string[];
}

declare module 'vfile' {
  interface DataMap {
    outline: TextOutline;
  }
}

interface HastNode extends Node {
  readonly tagName?: string;
  readonly properties?: Readonly<Record<string, unknown>>;
  readonly children?: readonly HastNode[];
}

/** Where nodes stand in the file counts for nothing once they are HTML. */
const places: ReadonlySet<string> = new Set(['position', 'start', 'end', 'loc', 'range']);
const placeless = (key: string, value: unknown): unknown => (places.has(key) ? undefined : value);

/** HTML that stands in an attribute, as that of formulas does: it is put out as it is. */
const htmlIn = (node: JsxNode): string => attributeOf(node, 'set:html') ?? '';

/** Whether a renderer acts on an attribute, whoever carries it: `client:load`, `slot`, code. */
const hasDirectives = ({ attributes }: JsxNode): boolean =>
  attributes.some(
    ({ name = ':', value }) =>
      (value !== null && typeof value === 'object') ||
      name === 'slot' ||
      (name.includes(':') && name !== 'set:html'),
  );

/** Astro puts these out as they are, and what they hold: the site's own components were checked, and refuse nothing. */
const isPlain = (name: string): boolean =>
  name === 'Fragment' || componentNames.has(name) || /^[a-z][^.]*$/.test(name);

/** What can decide more than anchors: code, components of the page's own, images. */
const shapesIn = (node: HastNode): readonly unknown[] => {
  if (node.type === 'text' || node.type === 'comment') return [];
  const below = () => (node.children ?? []).flatMap(shapesIn);
  if (isJsx(node)) return isPlain(node.name ?? '') && !hasDirectives(node) ? below() : [node];
  const isElement = node.type === 'root' || node.type === 'element';
  return isElement && node.tagName !== 'img' ? below() : [node];
};

/** A page with a section has a list of them. */
const hasSections = (tree: Root): boolean => {
  let found = false;
  visit(tree, 'element', ({ tagName }) => {
    found ||= tagName === 'h2' || tagName === 'h3';
  });
  return found;
};

/** Component -> the ids that it has on its page. */
const idsOf: Readonly<Record<string, (node: JsxNode) => string | readonly string[]>> = {
  ...Object.fromEntries(
    Object.entries({
      ...numbered,
      Claim: { prefix: 'claim', attribute: 'id' },
      Explore: { prefix: 'explore', attribute: 'of' },
    }).map(([name, { prefix, attribute }]) => [
      name,
      (node: JsxNode) => [`${prefix}-${attributeOf(node, attribute)}`],
    ]),
  ),
  Value: (node) => attributeOf(node, 'at') ?? [],
  Cite: (node) => idsInHtml(attributeOf(node, 'html') ?? ''),
  Bibliography: (node) =>
    (
      JSON.parse(attributeOf(node, 'entries') ?? '[]') as readonly {
        readonly key: string;
        readonly html: string;
      }[]
    ).flatMap(({ key, html }) => [
      ...(attributeOf(node, 'media') === undefined ? [`ref-${key}`] : []),
      ...idsInHtml(html),
    ]),
};

const anchorsIn = (tree: Root): readonly string[] => {
  const anchors: string[] = [];
  visit(tree as Node, (node: Node) => {
    if (isJsx(node)) {
      const id = componentNames.has(node.name ?? '') ? undefined : attributeOf(node, 'id');
      anchors.push(
        ...(id === undefined ? [] : [id]),
        ...[idsOf[node.name ?? '']?.(node) ?? []].flat(),
        ...idsInHtml(htmlIn(node)),
      );
    }
    const { id } = (node as HastNode).properties ?? {};
    if (typeof id === 'string') anchors.push(id);
  });
  return anchors;
};

const hasModules = ({ children }: Root): boolean => children.some(({ type }) => type === 'mdxjsEsm');

/**
 * The last of the plugins of a check, once headings have their ids: tells pages apart by all that can decide whether they
 * render and what else stands in their site, and says where links can lead in them. A page with imports or exports of its
 * own, which may put components in the place of plain elements, counts whole, and gives its page what rendering shows.
 */
export const outlinePage = () => (tree: Root, file: VFile) => {
  const isWhole = hasModules(tree);
  const shape = isWhole ? tree : [hasSections(tree), ...shapesIn(tree)];
  file.data.outline = {
    shape: sha256(JSON.stringify(shape, placeless)),
    anchors: isWhole ? [] : anchorsIn(tree),
  };
};
