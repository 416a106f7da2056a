import { expect, test } from 'vitest';
import { checkPage } from './tiny-site.ts';

const lines = (...text: readonly string[]): string => text.join('\n');

test('a page without a mistake passes', async () => {
  const page = lines(
    '---',
    'title: Tiny',
    'summary: A page.',
    'authors: [A]',
    'allow: [Paper 54]',
    '---',
    '## Results of Paper 54',
    '',
    'See <Ref to="tab:lengths" /> and <Ref to="sec:results-of-paper-54" />, after <Cite of="knuth1984" />.',
    '<Claim id="size-is-positive">The size is <Value of="lengths.size.mean" />, once <Reported>1.54</Reported>.</Claim>',
    'In code `x = 3` and in $x^2$ digits may stand.',
    '',
    '<ResultTable of="lengths">A caption.</ResultTable>',
    '',
  );
  expect(await checkPage(page)).toBe('fine');
});

/** What is wrong, the page, and the whole text that its author reads. */
const mistakes: readonly (readonly [string, string, string])[] = [
  [
    'an unknown value',
    'The size is <Value of="lengths.size.maen" />.',
    lines(
      "UnknownValue: there is no value 'lengths.size.maen'.",
      '  content/tiny/index.mdx:1:13',
      "  hint: did you mean 'lengths.size.mean'?",
    ),
  ],
  [
    'an unknown table',
    'Text.\n\n<ResultTable of="length">Caption.</ResultTable>',
    lines(
      "UnknownTable: there is no table 'length'.",
      '  content/tiny/index.mdx:3:1',
      "  hint: did you mean 'lengths'?",
    ),
  ],
  [
    'an unknown claim',
    'Text <Claim id="size-is-negative">it is</Claim>.',
    lines(
      "UnknownClaim: there is no claim 'size-is-negative'.",
      '  content/tiny/index.mdx:1:6',
      "  hint: did you mean 'size-is-positive'?",
    ),
  ],
  [
    'an unknown figure',
    '<Figure of="drift" alt="words">Caption.</Figure>',
    lines(
      "UnknownFigure: there is no figure 'drift'.",
      '  content/tiny/index.mdx:1:1',
      '  hint: none is called like it: there is loss-curves.',
    ),
  ],
  [
    'an unknown exploration',
    '<Explore of="size" />',
    lines(
      "UnknownExploration: there is no exploration 'size'.",
      '  content/tiny/index.mdx:1:1',
      "  hint: did you mean 'sizes'?",
    ),
  ],
  [
    'an exploration that is not named',
    '<Explore />',
    lines(
      'MissingAttribute: <Explore> does not say which exploration it shows.',
      '  content/tiny/index.mdx:1:1',
      '  hint: write <Explore of="sizes" />.',
    ),
  ],
  [
    'a figure without an alternative text',
    '<Figure of="loss-curves">Caption.</Figure>',
    lines(
      "MissingAlt: figure 'loss-curves' has no alternative text.",
      '  content/tiny/index.mdx:1:1',
      '  hint: add alt="what a reader who cannot see it must know", or where that has numbers <Alt>…</Alt> before the caption.',
    ),
  ],
  [
    'a reference that says nothing of what it refers to',
    '## Walks\n\nSee <Ref of="walks" />.',
    lines(
      'MissingAttribute: <Ref> does not say what it refers to.',
      '  content/tiny/index.mdx:3:5',
      '  hint: write <Ref to="sec:walks" />.',
    ),
  ],
  [
    'a component that names nothing',
    'The size is <Value />.',
    lines(
      'MissingAttribute: <Value> does not say which value it shows.',
      '  content/tiny/index.mdx:1:13',
      '  hint: write <Value of="lengths.size.mean" />.',
    ),
  ],
  [
    'a component that is named by code',
    'The size is <Value of={lengths} />.',
    lines(
      'MissingAttribute: <Value> does not say as a text which value it shows.',
      '  content/tiny/index.mdx:1:13',
      '  hint: write the name itself between quotes, without braces: <Value of="lengths.size.mean" />.',
    ),
  ],
  [
    'a reference to a section that has another id, where a table is spelt alike',
    '## Lengths {#sec-lengths}\n\n<ResultTable of="lengths">Caption.</ResultTable>\n\nAs in <Ref to="sec:lengths" />.',
    lines(
      "UnknownReference: there is nothing named 'sec:lengths' to refer to.",
      '  content/tiny/index.mdx:5:7',
      "  hint: did you mean 'sec:sec-lengths'?",
    ),
  ],
  [
    'a component whose name holds the one that was written',
    'Text.\n\n<Table of="lengths" />',
    lines(
      'UnknownComponent: there is no component <Table>.',
      '  content/tiny/index.mdx:3:1',
      "  hint: did you mean 'ResultTable'? One of your own is imported at the top of the page.",
    ),
  ],
  [
    'a typed digit',
    'A first line.\nThe size is 1.54 here.',
    lines(
      "TypedDigit: '1.54' is typed in the prose; a number on the page is computed or quoted.",
      '  content/tiny/index.mdx:2:13',
      '  hint: name it: <Value of="table.column.mean" />, quote it: <Reported>1.54</Reported>, or add the name that holds it to `allow` in the frontmatter.',
    ),
  ],
  [
    'a quotation that the original does not print',
    'It was <Reported>1.55</Reported>.',
    lines(
      "UnknownReported: '1.55' is quoted, but the original does not report it.",
      '  content/tiny/index.mdx:1:8',
      "  hint: did you mean '1.54'?",
    ),
  ],
  [
    'a reported figure that does not exist',
    'It was <Reported of="lengths.layer-1.size" />.',
    lines(
      "UnknownReported: the original reports nothing named 'lengths.layer-1.size'.",
      '  content/tiny/index.mdx:1:8',
      "  hint: did you mean 'lengths.layer-0.size'?",
    ),
  ],
  [
    'a reported figure of a name that every object has',
    'It was <Reported of="constructor" />.',
    lines(
      "UnknownReported: the original reports nothing named 'constructor'.",
      '  content/tiny/index.mdx:1:8',
      '  hint: none is called like it: there are lengths.layer-0.layer, lengths.layer-0.size.',
    ),
  ],
  [
    'a word in the guise of a result',
    'It is <b data-value="lengths.size.mean">forty</b>.',
    lines(
      'ForgedResult: <b> prints data-value itself, and nothing holds what it says against results.',
      '  content/tiny/index.mdx:1:7',
      '  hint: write <Value>, <Reported>, <Claim>, <ResultTable> or <Figure>: it gives the attribute itself.',
    ),
  ],
  [
    'bad TeX',
    'So $\\frac{a}{b$ holds.',
    lines(
      "BadTex: Unexpected end of input in a macro argument, expected '}' at end of input: \\frac{a}{b",
      '  content/tiny/index.mdx:1:4',
      '  hint: see the functions that KaTeX supports: katex.org/docs/supported.',
    ),
  ],
  [
    'a claim that stands twice',
    '<Claim id="size-is-positive">It is</Claim> and <Claim id="size-is-positive">it is</Claim>.',
    lines(
      "DuplicateId: claim 'size-is-positive' stands on the page twice.",
      '  content/tiny/index.mdx:1:48',
      '  hint: refer to the first one: <Ref to="…" />, or name its values.',
    ),
  ],
  [
    'two sections of one id',
    '## Method {#way}\n\nText.\n\n## Other {#way}\n',
    lines(
      "DuplicateId: 'sec:way' is defined twice.",
      '  content/tiny/index.mdx:5:1',
      '  hint: give one of the two another title or id.',
    ),
  ],
  [
    'a reference to one of two sections of one name',
    '## Method\n\nText.\n\n## Method\n\nSee <Ref to="sec:method" />.',
    lines(
      "AmbiguousReference: 'sec:method' is the name of 2 sections, in lines 1 and 5.",
      '  content/tiny/index.mdx:7:5',
      '  hint: give the one that is meant an id of its own: `## Title {#method-here}`, and refer to that.',
    ),
  ],
  [
    'a reference to nothing',
    '## Method\n\nSee <Ref to="sec:methods" />.',
    lines(
      "UnknownReference: there is nothing named 'sec:methods' to refer to.",
      '  content/tiny/index.mdx:3:5',
      "  hint: did you mean 'sec:method'?",
    ),
  ],
  [
    'a missing citation',
    'After <Cite of="knuth1985" />.',
    lines(
      "UnknownCitation: references.bib holds no entry 'knuth1985'.",
      '  content/tiny/index.mdx:1:7',
      "  hint: did you mean 'knuth1984'?",
    ),
  ],
  [
    'an attribute that a citation does not take',
    'After <Cite of="knuth1984" page="3" />.',
    lines(
      "BadCitation: <Cite> takes no attribute 'page'.",
      '  content/tiny/index.mdx:1:7',
      '  hint: none is called like it: there are of, narrative, prefix, locator, suffix. Its form is <Cite of="key, other" prefix="see" locator="p. 3" suffix="…" narrative />.',
    ),
  ],
  [
    'a narrative citation of two works',
    'As <Cite of="knuth1984, knuth1984" narrative /> says.',
    lines(
      'BadCitation: a narrative citation names one work; this one names knuth1984, knuth1984.',
      '  content/tiny/index.mdx:1:4',
      '  hint: write one for each: <Cite of="knuth1984" narrative /> and <Cite of="knuth1984" narrative />.',
    ),
  ],
  [
    'a citation style that is not there',
    '---\ntitle: T\nsummary: S\nauthors: [A]\ncitationStyle: ap\n---\nAfter <Cite of="knuth1984" />.',
    lines(
      "UnknownCitationStyle: there is no citation style 'ap'.",
      '  content/tiny/index.mdx',
      '  expected one of apa, vancouver, harvard1, or a .csl file in content/tiny',
      "  hint: did you mean 'apa'? Others are at github.com/citation-style-language/styles.",
    ),
  ],
  [
    'code that waits',
    'It is {await import("x")}.',
    lines(
      'WaitingCode: code in a page waits for something, which a build may not do.',
      '  content/tiny/index.mdx:1:7',
      '  hint: let a stage compute what is needed, and name its result.',
    ),
  ],
  [
    'a component of the page within code',
    'import Box from "./Box.astro"\n\nIt is {[<Box />]}.',
    lines(
      'ComponentInCode: <Box> stands within code, where nothing can look at what it prints.',
      '  content/tiny/index.mdx:3:9',
      '  hint: write <Box> in the text itself, outside of braces and exports.',
    ),
  ],
  [
    'a layout',
    'export default () => null\n\nText.',
    lines(
      'LayoutInPage: a page has the layout of the site, and exports none of its own.',
      '  content/tiny/index.mdx:1:1',
      '  hint: remove `export default`; styles and components of a site are options of paper() in astro.config.mjs.',
    ),
  ],
  [
    'a component left open',
    'Text <Claim id="size-is-positive">that goes on.\n\nAnd on.',
    lines(
      'BadMdx: Expected a closing tag for `<Claim>` (1:6-1:35) before the end of `paragraph`',
      '  content/tiny/index.mdx:1:6',
      '  hint: <Claim> begins in a line of text: put </Claim> at the end of the same paragraph, not on a line of its own; or put both tags on lines of their own, with the text between them.',
    ),
  ],
  [
    'a component that is closed in a line of text',
    '<Claim id="size-is-positive">\nthat goes on.</Claim>',
    lines(
      'BadMdx: Expected the closing tag `</Claim>` either after the end of `paragraph` (2:22) or another opening tag after the start of `paragraph` (2:1)',
      '  content/tiny/index.mdx:2:14',
      '  hint: </Claim> ends a line of text, and <Claim> stands on a line of its own: put </Claim> on a line of its own, too, or both into the text.',
    ),
  ],
  [
    'a brace in prose',
    'a {b',
    lines(
      'BadMdx: Unexpected end of file in expression, expected a corresponding closing brace for `{`',
      '  content/tiny/index.mdx:1:5',
      '  hint: a component that is opened must be closed; a brace or a `<` in prose is written as an expression or in code.',
    ),
  ],
];

for (const [what, page, text] of mistakes) {
  test(`${what} is told with file, line, column and a hint`, async () => {
    expect(await checkPage(page)).toBe(text);
  });
}

test('a bibliography that does not parse is told by its file', async () => {
  expect(await checkPage('Text.', { references: '@book{a, title = {One' })).toMatch(
    /^BadBibliography: content\/tiny\/references\.bib cannot be read: .+\n {2}content\/tiny\/references\.bib:1:22\n {2}hint: check the braces, commas and dollar signs of the entry there, and of the one before it\.$/,
  );
});

test('a digit in an alternative text is typed as well', async () => {
  expect(await checkPage('<Figure of="loss-curves" alt="It falls to 3.">Caption.</Figure>')).toContain(
    "TypedDigit: '3.'",
  );
});

test('a key that the bibliography defines twice is told with its line', async () => {
  const twice = '@book{a, title = {One}, year = {1}}\n@book{a, title = {Two}, year = {2}}\n';
  expect(await checkPage('Text.', { references: twice })).toBe(
    lines(
      "DuplicateCitation: 'a' is defined twice.",
      '  content/tiny/references.bib:2:1',
      '  hint: remove one of the two entries, or give it a key of its own.',
    ),
  );
});

test('a digit between braces is typed as well, and one in a comment is not', async () => {
  expect(await checkPage('It is {1.54} or {`7`}.')).toContain("TypedDigit: '1.54'");
  expect(await checkPage('It is {/* of 7 */}so.')).toBe('fine');
});
