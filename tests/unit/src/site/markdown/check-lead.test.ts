import { expect, test } from 'vitest';
import { checkPage } from './tiny-site.ts';

const page = (line: string): string =>
  `---\ntitle: Tiny\nsummary: A page.\nauthors: [A]\n${line}\n---\n\nText.\n`;

test('what the head of a paper names must be there', async () => {
  expect(await checkPage(page('answer: size-is-positiv'))).toBe(
    `UnknownClaim: 'answer' in the frontmatter names 'size-is-positiv', and there is no such claim.
  content/tiny/index.mdx:1:1
  hint: did you mean 'size-is-positive'?`,
  );
  expect(await checkPage(page('leadFigure: loss-curve'))).toBe(
    `UnknownFigure: 'leadFigure' in the frontmatter names 'loss-curve', and there is no such figure.
  content/tiny/index.mdx:1:1
  hint: did you mean 'loss-curves'?`,
  );
  expect(await checkPage(page('pages: [method]'))).toBe(
    `UnknownPage: 'pages' in the frontmatter names 'method', and there is no such page.
  content/tiny/index.mdx:1:1
  hint: write it: content/tiny/method.mdx, with a frontmatter of its own; or take the line out.`,
  );
  expect(await checkPage(page('answer: size-is-positive\nleadFigure: loss-curves'))).toBe('fine');
});
