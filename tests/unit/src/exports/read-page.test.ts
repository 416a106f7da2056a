import { expect, test } from 'vitest';
import { runsOf, valuesIn } from '../../../../src/exports/carried-value.ts';
import { plainText } from '../../../../src/exports/read-inline.ts';
import { errorText } from '../../../error-text.ts';
import { pageOf, smallBody } from './small-page.ts';

const titles = (sections: ReturnType<typeof pageOf>['sections']): readonly unknown[] =>
  sections.map(({ title, number, sections: inner }) => [plainText(title), number, titles(inner)]);

test('a page is its sections, with the numbers that it prints', () => {
  const { sections, blocks } = pageOf(smallBody);
  expect(blocks).toEqual([]);
  expect(titles(sections)).toEqual([
    ['Abstract', null, []],
    ['At a glance', null, []],
    ['Widths', '1', [['Code', null, []]]],
    ['References', null, []],
  ]);
});

test('what is closed, hidden, or for screens alone is left out, values in it too', () => {
  const document = pageOf(
    `${smallBody}<div data-media="screen"><canvas></canvas></div><p data-media="print">A wave.</p>`,
  );
  expect(runsOf(document).flatMap(valuesIn)).toEqual(['sizes.width', 'sizes.gap', 'sizes.width']);
  const text = JSON.stringify(document);
  expect(text).toContain('A wave.');
  for (const word of ['CSV', 'Contents']) expect(text).not.toContain(word);
});

test('what an author folds away is open on paper', () => {
  const { blocks } = pageOf('<details><summary>Proof</summary><p>It follows.</p></details>');
  expect(blocks.map((block) => block.kind === 'paragraph' && plainText(block.children))).toEqual([
    'Proof',
    'It follows.',
  ]);
});

test('links within the site are whole where it knows its address, and text where it does not, a title in quotation marks', () => {
  const link = '<p>See <a href="../other/">the other</a>.</p>';
  const inlines = (address: string | null) => {
    const [block] = pageOf(link, { address }).blocks;
    return block?.kind === 'paragraph' ? block.children : [];
  };
  expect(plainText(inlines(null))).toBe('See “the other”.');
  expect(inlines(null).every(({ kind }) => kind === 'text')).toBe(true);
  expect(inlines('https://host.example/waves/')[1]).toMatchObject({ href: 'https://host.example/other/' });
});

test.for([
  '<canvas></canvas>',
  '<p>text <button>press</button></p>',
  '<my-map></my-map>',
  '<table><tbody><tr><td><svg></svg></td></tr></tbody></table>',
])('what has no form on paper is told: %s', (body) => {
  const tag = /<(canvas|button|my-map|svg)/.exec(body)?.[1];
  expect(errorText(() => pageOf(body))).toBe(
    [
      `NoExportForm: <${tag}> has no form in print, LaTeX or JATS.`,
      '  content/waves/index.mdx:7:1',
      '  expected text, lists, tables, pictures, formulas and code',
      '  hint: mark what screens alone show, `<div data-media="screen">…</div>`, and say beside it what paper shows instead: `<p data-media="print">…</p>`.',
    ].join('\n'),
  );
});
