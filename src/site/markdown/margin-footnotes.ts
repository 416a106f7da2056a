import type { Element, ElementContent, Root, RootContent } from 'hast';
import { visit } from 'unist-util-visit';
import { isJsx } from './jsx-node.ts';

const isElement = (node: unknown): node is Element => (node as Element).type === 'element';

/** A copy that can stand beside the first one: without anchors, and without the way back. */
const copied = (nodes: readonly ElementContent[]): ElementContent[] =>
  structuredClone(nodes)
    .filter((node) => !(isElement(node) && 'dataFootnoteBackref' in node.properties))
    .map((node) => {
      if (!isElement(node)) return node;
      delete node.properties['id'];
      node.children = copied(node.children);
      return node;
    });

const notesIn = (tree: Root): ReadonlyMap<string, Element> => {
  const notes = new Map<string, Element>();
  visit(tree, 'element', (section) => {
    if (!('dataFootnotes' in section.properties)) return;
    visit(section, 'element', ({ tagName, properties, children }, _, parent) => {
      if (tagName !== 'li' || typeof properties['id'] !== 'string' || !parent) return;
      notes.set(properties['id'], { type: 'element', tagName: 'li', properties, children });
    });
  });
  return notes;
};

const holdsClaim = (note: Element): boolean => {
  let found = false;
  visit(note, (node) => {
    found ||= isJsx(node) && node.name === 'Claim';
  });
  return found;
};

/**
 * Puts each footnote beside the block that refers to it as well, for screens that have a margin; elsewhere the style shows
 * the notes at the end. A claim is on a page once: where a note holds one, all notes stay at the end.
 */
export const marginFootnotes = () => (tree: Root) => {
  const notes = notesIn(tree);
  if (notes.size === 0 || [...notes.values()].some(holdsClaim)) return;
  const shown = new Set<string>();
  const children: RootContent[] = [];
  for (const block of tree.children) {
    const isNotes = isElement(block) && 'dataFootnotes' in block.properties;
    const beside: Element[] = [];
    if (!isNotes)
      visit(block, 'element', ({ properties, children: mark }) => {
        const { href } = properties;
        if (!('dataFootnoteRef' in properties) || typeof href !== 'string') return;
        const id = decodeURIComponent(href.slice(1));
        const note = notes.get(id);
        if (!note || shown.has(id)) return;
        shown.add(id);
        beside.push({
          type: 'element',
          tagName: 'div',
          properties: { className: ['sidenote'], role: 'note', dataMedia: 'screen' },
          children: [
            { type: 'element', tagName: 'sup', properties: {}, children: copied(mark) },
            ...copied(note.children),
          ],
        });
      });
    children.push(...beside, block);
  }
  tree.children = children;
};
