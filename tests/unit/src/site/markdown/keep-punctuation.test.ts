import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { expect, test } from 'vitest';
import { keepPunctuation } from '../../../../../src/site/markdown/keep-punctuation.ts';

const kept = (html: string) => {
  const tree = fromHtml(html, { fragment: true });
  for (const node of tree.children)
    if (node.type === 'element' && node.tagName === 'var')
      Object.assign(node, { data: { isInlineFormula: true } });
  keepPunctuation()(tree);
  const [first, second] = tree.children;
  return {
    text: toText(tree),
    first: first?.type === 'element' ? first.properties['className'] : undefined,
    second: second?.type === 'text' ? second.value : undefined,
  };
};

test('a formula keeps the stop after it, and the text stays the same', () => {
  expect(kept('<var>V</var>, says')).toEqual({ text: 'V, says', first: ['unbroken'], second: ' says' });
});

test('a word after a formula, or a stop after something else, is left alone', () => {
  expect(kept('<var class="formula">V</var> is').first).toEqual(['formula']);
  expect(kept('<span class="value">V</span>, is').first).toEqual(['value']);
});
