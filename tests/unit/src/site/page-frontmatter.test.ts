import { expect, test } from 'vitest';
import { readFrontmatter } from '../../../../src/site/page-frontmatter.ts';
import { errorText } from '../../../error-text.ts';

const file = 'content/tiny/index.mdx';
const page = (...lines: readonly string[]): string => ['---', ...lines, '---', '', 'Text.'].join('\n');
const least = ['title: Tiny', 'summary: A page.', 'authors: [A. Author]'];

test('the least of pages has a title, a summary and authors', () => {
  expect(readFrontmatter(page(...least), file)).toEqual({
    title: 'Tiny',
    summary: 'A page.',
    authors: ['A. Author'],
    allow: [],
  });
});

const mistakes: readonly [what: string, text: string, error: string][] = [
  [
    'no frontmatter',
    'Text.',
    `BadFrontmatter: the page has no frontmatter.
  content/tiny/index.mdx:1:1
  hint: begin the file with it:
    ---
    title: What was found
    summary: One line for the home page.
    authors: [A. Author]
    ---`,
  ],
  [
    'a key that is misspelt',
    page(...least, 'licence: MIT'),
    `BadFrontmatter: there is no key 'licence'.
  content/tiny/index.mdx:5:1
  hint: did you mean 'license'?`,
  ],
  [
    'a key below another that is misspelt',
    page(...least, 'original:', '  title: T', '  author: B', '  date: D'),
    `BadFrontmatter: there is no key 'original.author'.
  content/tiny/index.mdx:7:3
  hint: did you mean 'authors'?`,
  ],
  [
    'a key that is missing',
    page('title: Tiny', 'authors: [A]'),
    `BadFrontmatter: 'summary' is missing.
  content/tiny/index.mdx:1:1
  hint: add a line: \`summary: One line for the home page.\`.`,
  ],
  [
    'a number for a title',
    page('title: 12', 'summary: A page.', 'authors: [A]'),
    `BadFrontmatter: 'title' cannot be used: expected a text.
  content/tiny/index.mdx:2:1
  hint: write it so: \`title: What was found\`.`,
  ],
  [
    'no author',
    page('title: Tiny', 'summary: A page.', 'authors: []'),
    `BadFrontmatter: 'authors' cannot be used: expected one name at least.
  content/tiny/index.mdx:4:1
  hint: write it so: \`authors: [A. Author]\`.`,
  ],
  [
    'one author alone',
    page('title: Tiny', 'summary: A page.', 'authors: A. Author'),
    `BadFrontmatter: 'authors' cannot be used: expected a list of texts.
  content/tiny/index.mdx:4:1
  hint: write it so: \`authors: [A. Author]\`.`,
  ],
  [
    'an organization that is none of the authors',
    page(...least, 'organizations:', '  - An institute'),
    `BadFrontmatter: 'organizations.0' cannot be used: expected one of the authors: A. Author.
  content/tiny/index.mdx:6:5
  hint: write it so: \`organizations: [A. Author]\`, or add the name to \`authors\`.`,
  ],
  [
    'an author that is a number',
    page('title: Tiny', 'summary: A page.', 'authors:', '  - A', '  - 7'),
    `BadFrontmatter: 'authors.1' cannot be used: expected a text.
  content/tiny/index.mdx:6:5
  hint: write it so: \`authors: [A. Author]\`.`,
  ],
  [
    'what is no YAML',
    page('title: "Tiny', 'summary: A page.', 'authors: [A]'),
    `BadFrontmatter: it is no YAML: Missing closing "quote.
  content/tiny/index.mdx:5:1
  hint: a text that holds a colon or begins with a quotation mark stands between quotation marks.`,
  ],
  [
    'a key that stands twice',
    page(...least, 'title: Again'),
    `BadFrontmatter: it is no YAML: Map keys must be unique.
  content/tiny/index.mdx:5:1
  hint: take one of the two out.`,
  ],
  [
    'a list for a mapping',
    page('- title', '- summary'),
    `BadFrontmatter: the frontmatter cannot be used: expected keys and their values.
  content/tiny/index.mdx:1:1
  hint: write it so: \`title: What was found\`.`,
  ],
  [
    'a kind that there is not',
    page(...least, 'kind: guided'),
    `BadFrontmatter: 'kind' cannot be used: expected paper or guide.
  content/tiny/index.mdx:5:1
  hint: write it so: \`kind: guide\`.`,
  ],
  [
    'a number in the title',
    page('title: Of 42 things', 'summary: A page.', 'authors: [A]'),
    `TypedDigit: '42' is typed in the title; a number on the page is computed or quoted.
  content/tiny/index.mdx:2:1
  hint: say it in words, or add the name that holds it to \`allow\` in the frontmatter.`,
  ],
  [
    'a number in the summary',
    page('title: Tiny', 'summary: >', '  A page', '  of ½ a thing.', 'authors: [A]'),
    `TypedDigit: '½' is typed in the summary; a number on the page is computed or quoted.
  content/tiny/index.mdx:3:1
  hint: say it in words, or add the name that holds it to \`allow\` in the frontmatter.`,
  ],
  [
    'several mistakes at once',
    page('titel: Tiny', 'authors: 7', 'kind: guided', 'sumary: A page.'),
    `BadFrontmatter: there is no key 'titel'.
  content/tiny/index.mdx:2:1
  content/tiny/index.mdx:3:1 'authors' cannot be used: expected a list of texts. write it so: \`authors: [A. Author]\`.
  content/tiny/index.mdx:4:1 'kind' cannot be used: expected paper or guide. write it so: \`kind: guide\`.
  content/tiny/index.mdx:5:1 there is no key 'sumary'. did you mean 'summary'?
  hint: did you mean 'title'?`,
  ],
  [
    'a day that there is not',
    page(...least, "date: '2026-02-30'"),
    `BadFrontmatter: 'date' cannot be used: expected a day, a month or a year that there is, as in 2026-03-07, 2026-03 or 2026.
  content/tiny/index.mdx:5:1
  hint: write it so: \`date: '2026-03-07'\`.`,
  ],
  [
    'a title of no words',
    page("title: ' '", 'summary: A page.', 'authors: [A]'),
    `BadFrontmatter: 'title' cannot be used: expected words; received none.
  content/tiny/index.mdx:2:1
  hint: write it so: \`title: What was found\`.`,
  ],
  [
    'a page that is listed twice',
    page(...least, 'pages: [data, data]'),
    `BadFrontmatter: 'pages' cannot be used: expected each page once.
  content/tiny/index.mdx:5:1
  hint: write it so: \`pages: [method, data]\`.`,
  ],
  [
    'a date without quotation marks',
    page(...least, 'date: 2026-03-07'),
    `BadFrontmatter: 'date' cannot be used: expected a text.
  content/tiny/index.mdx:5:1
  hint: write it so: \`date: '2026-03-07'\`.`,
  ],
];

for (const [what, text, error] of mistakes) {
  test(`${what} is told with its place and what to write`, () => {
    expect(errorText(() => readFrontmatter(text, file))).toBe(error);
  });
}
