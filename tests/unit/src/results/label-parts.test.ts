import { expect, test } from 'vitest';
import { labelParts } from '../../../../src/results/label-parts.ts';
import { readPresentation } from '../../../../src/results/presentation.ts';
import { labelHtml } from '../../../../src/site/components/label-html.ts';
import { errorText } from '../../../error-text.ts';

/** TeX in guillemets. */
const read = (label: string): string | undefined =>
  labelParts(label)
    ?.map(({ text, isTex }) => (isTex ? `«${text}»` : text))
    .join('');

test('between dollar signs stands TeX', () => {
  expect(read('$K_2$')).toBe('«K_2»');
  expect(read('$Q$, $K_2$, cosine')).toBe('«Q», «K_2», cosine');
  expect(read('mean $|r|$ ($\\alpha$)')).toBe('mean «|r|» («\\alpha»)');
  expect(read('$x\\$y$')).toBe('«x\\$y»');
  expect(read('loss')).toBe('loss');
});

test('a dollar sign that can begin no formula is one, and so is one behind a backslash', () => {
  for (const label of [
    'cost ($)',
    'cost ($) and price ($)',
    '$ per unit',
    'price in $',
    'HK$ and NZ$',
    'HK$/NZ$',
    'US$5 to US$7',
    'from 5$ to 7$',
  ]) {
    expect(read(label)).toBe(label);
  }
  expect(read('cost \\$5 and $x$')).toBe('cost $5 and «x»');
});

test('one that may begin a formula and does not is an error with its place', () => {
  for (const label of ['mean $K_2', '$5 to $7', '$n$th', '$$x$$', '$x $', '$ab\\$']) {
    expect(
      errorText(() => readPresentation({ tables: { t: { columns: { c: { label } } } } }, 'tables.ts')),
    ).toBe(
      [
        "BadPresentation: tables.t.columns.c.label has a dollar sign that may begin a formula and does not: close it, or write \\\\$ for the sign itself, as in 'cost (\\\\$)'.",
        '  tables.ts',
        "  hint: a table's entry has `columns: { <id>: { label, unit, format, words } }`, and may have `title`, `whose`, `headline`, `null`, `beside`, `held`, `nullOf`, `summary` and `replicates`.",
      ].join('\n'),
    );
  }
});

test('a label as HTML keeps its signs, and TeX that does not parse is told with its label', () => {
  expect(labelHtml('a < b ($)')).toBe('a &lt; b ($)');
  expect(labelHtml('$x$')).toContain('katex');
  expect(errorText(() => labelHtml('size $\\frac{1$'))).toBe(
    [
      "BadTex: Unexpected end of input in a macro argument, expected '}' at end of input: \\frac{1",
      "  in the label 'size $\\frac{1$' of a column, in the paper's tables.ts",
      '  hint: see the functions that KaTeX supports: katex.org/docs/supported; \\\\$ is the dollar sign itself.',
    ].join('\n'),
  );
});
