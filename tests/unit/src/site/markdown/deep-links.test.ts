import type { Element } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { expect, test } from 'vitest';
import { deepLinks } from '../../../../../src/site/markdown/deep-links.ts';

const linked = (html: string) => {
  const tree = fromHtml(html, { fragment: true });
  deepLinks()(tree);
  const links: Element[] = [];
  for (const heading of tree.children)
    if (heading.type === 'element')
      links.push(
        ...(heading.children.filter(
          (child) => child.type === 'element' && child.tagName === 'a',
        ) as Element[]),
      );
  return { text: toText(tree), links: links.map(({ properties }) => properties) };
};

test('a heading with an anchor gets a link to itself, and no word more', () => {
  const { text, links } = linked('<h2 id="sec-a" data-number="1">A <em>word</em></h2><h3 id="b">B</h3>');
  expect(text).toBe('A word\nB');
  expect(links.map(({ href, ariaLabel }) => [href, ariaLabel])).toEqual([
    ['#sec-a', 'Link to section 1'],
    ['#b', 'Link to B'],
  ]);
});

test('one without an anchor, and the title of the page, get none', () => {
  expect(linked('<h2>A</h2><h1 id="t">T</h1>').links).toEqual([]);
});
