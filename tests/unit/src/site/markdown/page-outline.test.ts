import { rehypeHeadingIds } from '@astrojs/markdown-remark';
import { compile } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { outlinePage, type TextOutline } from '../../../../../src/site/markdown/page-outline.ts';

const outlineOf = async (text: string): Promise<TextOutline> => {
  const file = new VFile({ value: text, path: 'index.mdx' });
  await compile(file, {
    remarkPlugins: [remarkGfm],
    rehypePlugins: [rehypeHeadingIds, outlinePage],
    jsx: true,
  });
  return file.data.outline!;
};
const shapeOf = async (text: string): Promise<string> => (await outlineOf(text)).shape;

const page = `## A title

Some words, *some stressed*, and [a link](#there) to <Ref to="tab:sizes" />.

<Claim id="large">It is large.</Claim>

<Own>It is said.</Own> <b slot="one">Bold</b>

{size} and

| a | b |
| - | :-: |
| c | d |
`;

test.each([
  ['a word', 'Some words', 'Other words'],
  ['a word of a link', 'a link', 'the link'],
  ['a cell', '| c |', '| e |'],
  ['what is stressed', '*some stressed*', 'some **stressed**'],
  ['a paragraph', 'Some words', 'One more.\n\n> Quoted.\n\nSome words'],
  ['a title', 'A title', 'Another title'],
  ['a further heading', 'Some words', '### A part\n\nSome words'],
  ['where a link leads', '(#there)', '(#here)'],
  ['whether it is one', '[a link](#there)', 'a link'],
  ['where a reference leads', 'tab:sizes', 'tab:size'],
  ["a component of the site's own", '<Ref to="tab:sizes" />', '<Value of="size" />'],
  ['the text in one', 'It is large.', 'It is *small*.'],
  ['HTML in an attribute', 'Some words', '<Fragment set:html="<b>words</b>" />'],
  ['a note', 'Some words', 'Some words[^1]'],
])('%s counts for nothing in the shape', async (_, before, after) => {
  const notes = '\n[^1]: A note.\n';
  expect(page).toContain(before);
  expect(await shapeOf(page.replace(before, after) + notes)).toBe(await shapeOf(page + notes));
});

test.each([
  ['whether there is a section', '## A title', '# A title'],
  ['code', '{size}', '{sizes}'],
  ["the text in a page's own component", 'It is said.', 'It is told.'],
  ['an image', 'Some words', '![words](./words.png)'],
  ['what a renderer acts on', '<Claim id="large">', '<Claim id="large" client:load>'],
  ['an element in a slot', 'Some words', '<b slot="two">words</b>'],
  ['the text in a slot', 'Bold', 'Bolder'],
])('%s counts', async (_, before, after) => {
  expect(page).toContain(before);
  expect(await shapeOf(page.replace(before, after))).not.toBe(await shapeOf(page));
});

test('of a page with code of its own every word counts, and rendering tells its anchors', async () => {
  const own = `import { Fine } from './fine.ts'\n\n${page}`;
  expect(await shapeOf(own.replace('Some words', 'Other words'))).not.toBe(await shapeOf(own));
  expect((await outlineOf(own)).anchors).toEqual([]);
});

test('anchors are the ids of headings, elements, notes and components', async () => {
  const entries = JSON.stringify([{ key: 'knuth', html: 'Knuth <i id="within">b</i>' }]);
  const text = `## A *title*

#### A title

<p id="own">Words.[^1]</p>

<Claim id="large">It has <b id="inner">size</b>.</Claim>

<Figure of="sizes">Sizes.</Figure>

<ResultTable of="sizes">Sizes.</ResultTable>

<Equation id="sum">$a$</Equation>

<Explore of="sizes" />

<Value of="size" /><Fragment set:html="<i id=drawn>i</i>" />

<Bibliography entries={"none"} />

<Bibliography entries="[{&quot;key&quot;:&quot;printed&quot;,&quot;html&quot;:&quot;On paper alone&quot;}]" media="print" />

[^1]: A note.
`.replace('{"none"}', `'${entries}'`);
  expect((await outlineOf(text)).anchors).toEqual([
    'a-title',
    'a-title-1',
    'own',
    'user-content-fnref-1',
    'claim-large',
    'inner',
    'fig-sizes',
    'tab-sizes',
    'eq-sum',
    'explore-sizes',
    'drawn',
    'ref-knuth',
    'within',
    'footnote-label',
    'user-content-fn-1',
  ]);
});
