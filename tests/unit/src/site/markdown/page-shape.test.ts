import { compile } from '@mdx-js/mdx';
import remarkGfm from 'remark-gfm';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { keepShape } from '../../../../../src/site/markdown/page-shape.ts';

const shapeOf = async (text: string): Promise<string | undefined> => {
  const file = new VFile({ value: text, path: 'index.mdx' });
  await compile(file, { remarkPlugins: [remarkGfm], rehypePlugins: [keepShape], jsx: true });
  return file.data.shape;
};

const page = `# A title

Some words, *some stressed*, and [a link](#there) to <Ref to="tab:sizes" />.

<Claim id="large">It is large.</Claim>

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
])('%s of plain text counts for nothing', async (_, before, after) => {
  expect(page).toContain(before);
  expect(await shapeOf(page.replace(before, after))).toBe(await shapeOf(page));
});

test.each([
  ['a heading', '# A title', '# Another title'],
  ['its rank', '# A title', '## A title'],
  ['where a link leads', '(#there)', '(#here)'],
  ['whether it is one', '[a link](#there)', 'a link'],
  ['an attribute of a component', 'tab:sizes', 'tab:size'],
  ['a component', '<Ref to="tab:sizes" />', ''],
  ['the text in a component', 'It is large.', 'It is small.'],
  ['code', '{size}', '{sizes}'],
  ['an image', 'Some words', '![words](./words.png)'],
  ['a note', 'Some words', 'Some words[^1]'],
  ['an order', 'Some words', '<Ref to="tab:other" /> words'],
])('%s counts', async (_, before, after) => {
  const notes = '\n[^1]: A note.\n';
  expect(page).toContain(before);
  expect(await shapeOf(page.replace(before, after) + notes)).not.toBe(await shapeOf(page + notes));
});

test('of a page with code of its own every word counts', async () => {
  const own = `import { Fine } from './fine.ts'\n\n${page}`;
  expect(await shapeOf(own.replace('Some words', 'Other words'))).not.toBe(await shapeOf(own));
});
