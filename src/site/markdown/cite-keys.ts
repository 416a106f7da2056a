import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { nearestHint } from '../../engine/stage/index.ts';
import type { BibliographyEntry } from './bibliography.ts';
import { reportFault, reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, setAttribute } from './jsx-node.ts';

/** Gives a `<Bibliography />` its entries, and every `<Cite of="key" />` its text and its place in the bibliography. Faults: UnknownCitation */
export const citeKeys =
  (bibliographyOf: (file: VFile) => ReadonlyMap<string, BibliographyEntry>) =>
  () =>
  (tree: Root, file: VFile) => {
    const bibliography = reporting(file, () => bibliographyOf(file));
    if (!bibliography) return;
    visit(tree, (node: Node) => {
      if (!isJsx(node)) return;
      if (node.name === 'Bibliography')
        setAttribute(node, 'entries', JSON.stringify([...bibliography.values()]));
      if (node.name !== 'Cite') return;
      const key = attributeOf(node, 'of') ?? '';
      const entry = bibliography.get(key);
      if (!entry) {
        reportFault(
          file,
          authorError(
            'UnknownCitation',
            `references.bib holds no entry '${key}'.`,
            file,
            node,
            bibliography.size === 0
              ? 'write the entry into references.bib beside the page.'
              : nearestHint(key, [...bibliography.keys()]),
          ),
        );
        return;
      }
      setAttribute(node, 'text', entry.short);
    });
  };
