import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { expect, test } from 'vitest';
import { keepPunctuation } from '../../../../../src/site/markdown/keep-punctuation.ts';

const kept = (html: string) => {
  const tree = fromHtml(html, { fragment: true });
  keepPunctuation()(tree);
  const [first, second] = tree.children;
  return {
    text: toText(tree),
    first: first?.type === 'element' ? first.properties['className'] : undefined,
    second: second?.type === 'text' ? second.value : undefined,
  };
};

test('a formula keeps the stop after it, and the text stays the same', () => {
  expect(kept('<span class="katex">V</span>, says')).toEqual({
    text: 'V, says',
    first: ['unbroken'],
    second: ' says',
  });
});

test('a word after a formula, or a stop after something else, is left alone', () => {
  expect(kept('<span class="katex">V</span> is').first).toEqual(['katex']);
  expect(kept('<span class="value">V</span>, is').first).toEqual(['value']);
});
