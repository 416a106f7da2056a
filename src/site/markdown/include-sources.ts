import type { Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { reporting } from './faults.ts';
import { attributeOf, authorError, isJsx, positionOf, setAttribute } from './jsx-node.ts';
import { readSource } from './source-text.ts';

/**
 * Gives each `<Source of="path" region="name" />` the text that stands there now.
 * Faults: MissingAttribute, SourceOutside, UnknownSource, UnknownRegion, BadRegion
 *
 * @param record what was read, so that a site made from it is known to be stale when it changes
 */
export const includeSources =
  (root: string, record: (path: string, digest: string) => void) => () => (tree: Root, file: VFile) => {
    visit(tree, (node: Node) => {
      if (!isJsx(node) || node.name !== 'Source') return;
      reporting(file, () => {
        const of = attributeOf(node, 'of');
        if (!of) {
          throw authorError(
            'MissingAttribute',
            '<Source> does not say which file it shows.',
            file,
            node,
            'write <Source of="experiments/<paper>/pipeline.ts" />.',
          );
        }
        const { text, digest } = readSource(root, of, attributeOf(node, 'region'), positionOf(file, node));
        record(of, digest);
        setAttribute(node, 'text', JSON.stringify(text));
      });
    });
  };

/** Files that a page's text says it shows, for a watcher: read at once, also from a text that does not parse. */
export const sourcesNamedIn = (text: string): readonly string[] =>
  [...text.matchAll(/<Source\b[^>]*?\bof=["']([^"']+)["']/g)].map(([, path = '']) => path);
