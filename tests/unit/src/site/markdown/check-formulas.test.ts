import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

/** Signs of currency, each of which a reader of Markdown takes for a formula. */
const currencies = [
  'Prices in HK$ went up, those in NZ$ fell.',
  'It is HK$x and NZ$y.',
  'Between $ and $ lie words.',
  'The pair HK$/NZ$ rose.',
  'Of $US/$NZ nothing is known.',
  'The signs “$” and “$” are two.',
  'The signs "$" and "$" are two.',
  'The signs ($) and ($) are two.',
  'The signs *$* and *$* are two.',
  'A $—or a $—is paid.',
  'In HK$.\nThen, in NZ$, too.',
];

for (const text of currencies) {
  test(`signs of currency are no formula in silence: ${text.replace('\n', ' ')}`, async () => {
    expect(await checkPage(text)).toContain('AmbiguousDollar');
    expect(await checkPage(text.replaceAll('$', '\\$'))).toBe('fine');
  });
}

test('signs of currency are told with what to write', async () => {
  expect(await checkPage(currencies[0] ?? '')).toBe(
    `AmbiguousDollar: '$ went up, those in NZ$' may be a formula, or two signs of currency with words between them.
  content/tiny/index.mdx:1:13
  hint: write signs of currency as \\$; a formula begins and ends at its dollar signs, without spaces, letters or digits at them.`,
  );
});

test('formulas that can be nothing else are formulas', async () => {
  for (const text of ['$x$', '$n$th', '($x$)', '“$x$”', 'non-$x$', '$[0,1)$', "$f'$", '**$x$**', '$x$, $y$.'])
    expect(await checkPage(`So ${text} is.`), text).toBe('fine');
});

test('two dollar signs make a formula that stands apart, on a line of its own or of several', async () => {
  for (const text of ['$$x$$', 'So $$x$$ is.', '$$\nx\n$$', '> $$\n> x\n> $$', '- a\n\n  $$\n  x\n  $$']) {
    const { code } = await compilePage(text);
    expect(code, text).toContain('katex-display');
  }
});

test('a formula that would swallow the page, or lose its first line, is told', async () => {
  expect(await checkPage('Text.\n\n$$\nx\n\nAnd more.\n')).toBe(
    `OpenFormula: this formula has no end: all that follows would be a part of it.
  content/tiny/index.mdx:3:1
  hint: end it with a line of \`$$\` alone.`,
  );
  expect(await checkPage('$$ a = b\n+ c\n$$')).toBe(
    `TextBesideFence: 'a = b' stands beside the dollar signs that begin a formula of several lines, where it would not be printed.
  content/tiny/index.mdx:1:1
  hint: put it into the next line; the dollar signs before and after stand in lines of their own.`,
  );
});
