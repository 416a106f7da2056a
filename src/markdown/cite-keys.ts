import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../engine/stage/index.ts';
import type { BibliographyEntry } from './bibliography.ts';
import { attributeOf, authorError, isJsx, setAttribute } from './jsx-node.ts';

/** Gives every `<Cite of="key" />` its text and its place in the bibliography. @throws UnknownCitation */
export const citeKeys =
  (bibliographyOf: (file: VFile) => ReadonlyMap<string, BibliographyEntry>) =>
  () =>
  (tree: Root, file: VFile) => {
    const bibliography = bibliographyOf(file);
    visit(tree, (node: Node) => {
      if (!isJsx(node) || node.name !== 'Cite') return;
      const key = attributeOf(node, 'of') ?? '';
      const entry = bibliography.get(key);
      if (!entry) {
        throw authorError(
          'UnknownCitation',
          `references.bib holds no entry '${key}'.`,
          file,
          node,
          nearestHint(key, [...bibliography.keys()]),
        );
      }
      setAttribute(node, 'text', entry.short);
    });
  };
