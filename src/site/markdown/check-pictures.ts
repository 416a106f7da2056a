import type { Image, ImageReference, Root } from 'mdast';
import type { Node } from 'unist';
import { visit } from 'unist-util-visit';
import type { VFile } from 'vfile';
import { reportFault } from './faults.ts';
import { authorError, isJsx } from './jsx-node.ts';

/** What shows a picture: HTML's own element, and Astro's. */
const pictures = new Set(['img', 'Image', 'Picture']);

const isMarkdownPicture = (node: Node): node is Image | ImageReference =>
  node.type === 'image' || node.type === 'imageReference';

/** Whether a reader who cannot see it is told anything; an element may say that there is nothing to tell: `alt=""`. */
const isUntold = (node: Node): boolean => {
  if (isMarkdownPicture(node)) return !node.alt?.trim();
  if (!isJsx(node) || !pictures.has(node.name ?? '')) return false;
  // An attribute without a name spreads an object, which may hold it; HTML takes names in capitals as well.
  return !node.attributes.some(({ name }) => name === undefined || name.toLowerCase() === 'alt');
};

/** A picture says what it shows, or that it shows nothing. Faults: MissingAlt */
export const checkPictures = () => (tree: Root, file: VFile) => {
  visit(tree, (node: Node) => {
    if (!isUntold(node)) return;
    const hint = isMarkdownPicture(node)
      ? 'write it between the brackets: ![what a reader who cannot see it must know](…); of a mere ornament, write <img src="…" alt="" />.'
      : 'add alt="what a reader who cannot see it must know", or alt="" to a mere ornament.';
    reportFault(file, authorError('MissingAlt', 'a picture has no alternative text.', file, node, hint));
  });
};
