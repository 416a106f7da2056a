import { fromHtml } from 'hast-util-from-html';
import { toText } from 'hast-util-to-text';
import { expect, test } from 'vitest';
import { scrollTables } from '../../../../../src/site/markdown/scroll-tables.ts';

test('a table stands in a box that scrolls, which the keyboard reaches and which has a name', () => {
  const tree = fromHtml('<p>Before.</p><table><tr><td>1</td></tr></table>', { fragment: true });
  scrollTables()(tree);
  const box = tree.children[1];
  expect(box).toMatchObject({
    tagName: 'div',
    properties: { className: ['scroll'], tabIndex: 0, role: 'group', ariaLabel: 'Table' },
    children: [{ tagName: 'table' }],
  });
  expect(toText(tree)).toBe('Before.\n\n1');
});
