import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { visit } from 'unist-util-visit';
import { expect, test } from 'vitest';
import { scrollTables } from '../../../../../src/site/markdown/scroll-tables.ts';

const table =
  '<table><thead><tr><th>what</th><th>size</th></tr></thead><tbody><tr><td>a</td><td>1</td></tr></tbody></table>';

test('a table stands in a box that scrolls, both by the name of their section, with heads of rows and columns', () => {
  const tree = fromHtml(`<h2 id="sizes">Sizes</h2><p>Before.</p>${table}`, { fragment: true });
  scrollTables()(tree);
  const name = { ariaLabelledBy: ['sizes'] };
  expect(tree.children[2]).toMatchObject({
    tagName: 'div',
    properties: { className: ['scroll'], tabIndex: 0, role: 'group', ...name },
    children: [{ tagName: 'table', properties: name }],
  });
  const heads: unknown[] = [];
  visit(tree, { tagName: 'th' }, (cell) => void heads.push([cell.properties['scope'], toText(cell)]));
  expect(heads).toEqual([
    ['col', 'what'],
    ['col', 'size'],
    ['row', 'a'],
  ]);
});

test('a head that is a formula alone has words', () => {
  const html = '<span class="katex"><annotation>\\mathrm{KL}(Q)</annotation></span>';
  const headOf = (before: string) => {
    const tree = fromHtml(table.replace('<td>a</td>', `<td>${before}</td>`), { fragment: true });
    const formula = {
      type: 'mdxJsxTextElement',
      name: 'Fragment',
      attributes: [{ type: 'mdxJsxAttribute', name: 'set:html', value: html }],
      children: [],
      data: { isInlineFormula: true },
    };
    visit(tree, { tagName: 'td' }, (cell, at) => {
      if (at === 0) cell.children.push(formula as never);
    });
    scrollTables()(tree);
    return formula.attributes[0]?.value;
  };
  expect(headOf('')).toBe(
    `<span aria-hidden="true">${html}</span><span class="visually-hidden">KL(Q)</span>`,
  );
  expect(headOf('rank of')).toBe(html);
});

test('one above every section is a table by name', () => {
  const tree = fromHtml(table, { fragment: true });
  scrollTables()(tree);
  expect(tree.children[0]).toMatchObject({ children: [{ properties: { ariaLabel: 'Table' } }] });
});
