import type { Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import katex from 'katex';
import { VFile } from 'vfile';
import { expect, test } from 'vitest';
import { attributeOf, isJsx } from '../../../../../src/site/markdown/jsx-node.ts';
import { isInlineFormula, renderFormulas } from '../../../../../src/site/markdown/render-formulas.ts';
import { checkPage, compilePage } from './tiny-site.ts';

const rendered = (html: string): Root => {
  const tree = fromHtml(html, { fragment: true });
  renderFormulas()(tree, new VFile({ path: '/content/tiny/index.mdx' }));
  return tree;
};

/** The HTML of the only formula, which is the only node of its parent. */
const formulaIn = (html: string) => {
  const [paragraph] = rendered(html).children;
  const [formula] = paragraph?.type === 'element' ? paragraph.children : [];
  return formula && isJsx(formula)
    ? { html: attributeOf(formula, 'set:html'), isInline: isInlineFormula(formula) }
    : undefined;
};

test('a formula is what KaTeX makes of it, as one node', () => {
  expect(formulaIn('<p><code class="language-math math-inline">x^2 &#x3C; y</code></p>')).toEqual({
    html: katex.renderToString('x^2 < y'),
    isInline: true,
  });
});

test('a formula that stands apart is displayed, in a fence of `math` as well', () => {
  const displayed = { html: katex.renderToString('x^2', { displayMode: true }), isInline: false };
  expect(formulaIn('<div><pre><code class="language-math math-display">x^2</code></pre></div>')).toEqual(
    displayed,
  );
  expect(formulaIn('<p><code class="language-math math-display">x^2</code></p>')).toEqual(displayed);
  expect(formulaIn('<div><pre><code class="language-math">x^2</code></pre></div>')).toEqual(displayed);
});

test('the same TeX in a line and apart, once and again, is drawn as each is', () => {
  const [inLine, apart] = ['math-inline', 'math-display'].map(
    (name) => `<p><code class="language-math ${name}">\\sum_i a</code></p>`,
  ) as [string, string];
  expect(formulaIn(inLine)?.html).not.toBe(formulaIn(apart)?.html);
  expect(formulaIn(inLine)?.html).toBe(katex.renderToString('\\sum_i a'));
});

test("a heading's formula stays text for the list of contents", () => {
  const [heading] = rendered('<h2>Of <code class="language-math math-inline">W</code></h2>').children;
  expect(
    heading?.type === 'element' && heading.children.every(({ type }) => type !== 'mdxJsxTextElement'),
  ).toBe(true);
  expect(toText(heading!)).toContain('W');
});

test('code that is no formula stays', () => {
  const html = '<p><code>x</code></p><pre><code class="language-ts">y</code></pre>';
  expect(rendered(html).children).toEqual(fromHtml(html, { fragment: true }).children);
});

test('TeX that does not parse is a mistake each time, with its place', async () => {
  const text = [
    "BadTex: Unexpected end of input in a macro argument, expected '}' at end of input: \\hat",
    '  content/tiny/index.mdx:2:4',
    '  hint: see the functions that KaTeX supports: katex.org/docs/supported.',
  ].join('\n');
  expect(await checkPage('So:\nof $\\hat$.')).toContain(text);
  expect(await checkPage('So:\nof $\\hat$.')).toContain(text);
});

test("a page's formula reaches it whole, beside the stop after it", async () => {
  const { code } = await compilePage('It is $x$, so.');
  expect(code).toMatch(
    /className="unbroken"><Fragment set:html="<span class=&quot;katex&quot;>.*" \/>\{","\}<\/_components\.span>\{" so\."\}/,
  );
});
