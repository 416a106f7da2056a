import type { Element } from 'hast';
import type { Inline } from './export-document.ts';
import type { ReadPlace } from './read-place.ts';

/** A build follows links to anchors; one to what paper does not show is text. */
const referenceTo = (to: string, children: readonly Inline[], { anchors }: ReadPlace): readonly Inline[] =>
  anchors.has(to) ? [{ kind: 'reference', to, children }] : children;

/** Where another paper is: what such a link is made of is its title, which no underline sets apart once nothing leads there. */
export const otherPaper = /^(?:\.\.\/)+[\w.-]+\/$/;

export const quoted = (children: readonly Inline[]): readonly Inline[] => [
  { kind: 'text', text: '“' },
  ...children,
  { kind: 'text', text: '”' },
];

/** Where a link leads: an anchor of the page, an address out of it, or nowhere that a file on its own can lead to. */
export const linkOf = (
  element: Element,
  children: readonly Inline[],
  place: ReadPlace,
): readonly Inline[] => {
  const href = String(element.properties['href'] ?? '');
  if (href.startsWith('#') && href.length > 1)
    return referenceTo(decodeURIComponent(href.slice(1)), children, place);
  if (/^(https?|mailto):/.test(href)) return [{ kind: 'link', href, children }];
  if (place.address === null && otherPaper.test(href)) return quoted(children);
  if (place.address === null || href === '') return children;
  return [{ kind: 'link', href: new URL(href, place.address).href, children }];
};
