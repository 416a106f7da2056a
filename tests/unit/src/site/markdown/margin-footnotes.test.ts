import type { Element, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { expect, test } from 'vitest';
import { marginFootnotes } from '../../../../../src/site/markdown/margin-footnotes.ts';

const ref = (id: string): string =>
  `<sup><a href="#fn-${id}" id="fnref-${id}" data-footnote-ref>${id}</a></sup>`;
const page = (...refs: readonly string[]): Root =>
  fromHtml(
    `<p>One${refs[0] ?? ''}.</p><ul><li>Two${refs[1] ?? ''}${refs[2] ?? ''}</li></ul>
<section data-footnotes class="footnotes"><ol>
<li id="fn-1"><p id="inner">The first. <a href="#fnref-1" data-footnote-backref>back</a></p></li>
<li id="fn-2"><p>The second.</p></li></ol></section>`,
    { fragment: true },
  );

const notesOf = (tree: Root) =>
  tree.children.filter(
    (node): node is Element =>
      node.type === 'element' && [node.properties['className']].flat().includes('sidenote'),
  );

test('a note stands before the block that refers to it, without anchors or a way back', () => {
  const tree = page(ref('1'), ref('2'));
  marginFootnotes()(tree);
  expect(notesOf(tree).map((note) => toText(note).replace(/\s+/g, ' '))).toEqual([
    '1 The first.',
    '2 The second.',
  ]);
  expect(JSON.stringify(notesOf(tree))).not.toMatch(/"id":|back/);
  const names = tree.children.filter((node) => node.type === 'element').map(({ tagName }) => tagName);
  expect(names).toEqual(['div', 'p', 'div', 'ul', 'section']);
});

test('one that is referred to twice stands beside the first', () => {
  const tree = page(ref('1'), ref('1'));
  marginFootnotes()(tree);
  expect(notesOf(tree)).toHaveLength(1);
});

test('notes with a claim stay at the end, all of them', () => {
  const tree = page(ref('1'), ref('2'));
  const section = tree.children.find(
    (node) => node.type === 'element' && node.tagName === 'section',
  ) as Element;
  const list = section.children.find((node) => node.type === 'element') as Element;
  const note = list.children.find((node) => node.type === 'element') as Element;
  note.children.push({ type: 'mdxJsxTextElement', name: 'Claim', attributes: [], children: [] } as never);
  marginFootnotes()(tree);
  expect(notesOf(tree)).toEqual([]);
});
