import { expect, test } from 'vitest';
import { checkPage, compilePage } from './tiny-site.ts';

const figure = (alt: string): string =>
  `<Figure of="loss-curves"><Alt>${alt}</Alt>A *caption* of it.</Figure>`;

test('an alternative text prints the values that it names, and is no part of the caption', async () => {
  const { code, page } = await compilePage(
    figure(
      'Sizes,\nwith a mean of <Value of="lengths.size.mean" />, once <Reported of="lengths.layer-0.size" />.',
    ),
  );
  expect(code).toContain('alt="Sizes, with a mean of 1.50, once 1.54."');
  expect(page?.frontmatter).toMatchObject({
    figureAlts: { 'loss-curves': 'Sizes, with a mean of 1.50, once 1.54.' },
  });
  expect(code).not.toMatch(/<Alt/);
  expect(code).toContain('{" of it."}');
});

test('it may stand on lines of its own, with a word that hangs on a verdict', async () => {
  const page = [
    '<Figure of="loss-curves">',
    '  <Alt>It is <Word of="size-is-positive" holds="wide" fails="narrow" />.</Alt>',
    '',
    '  A caption.',
    '</Figure>',
  ].join('\n');
  expect((await compilePage(page)).code).toContain('alt="It is wide."');
});

test('an unknown value in it, a typed number and a second text are told with their places', async () => {
  expect(await checkPage(figure('A mean of <Value of="lengths.size.maen" />.'))).toBe(
    `UnknownValue: there is no value 'lengths.size.maen'.
  content/tiny/index.mdx:1:41
  hint: did you mean 'lengths.size.mean'?`,
  );
  expect(await checkPage(figure('A mean of 12.'))).toContain('TypedDigit');
  expect(await checkPage(figure(' '))).toContain("MissingAlt: figure 'loss-curves' has no alternative text.");
  expect(await checkPage('<Figure of="loss-curves" alt="a"><Alt>b</Alt>Caption.</Figure>')).toContain(
    "DuplicateAttribute: figure 'loss-curves' has two alternative texts.\n  content/tiny/index.mdx:1:34",
  );
  expect(await checkPage('Text.\n\nA <Alt>stray text</Alt>.')).toContain(
    'MisplacedAlt: <Alt> is the alternative text of no figure here.\n  content/tiny/index.mdx:3:3',
  );
});
