import { expect, test } from 'vitest';
import { checkPage } from './tiny-site.ts';

test.each([
  '![](/a.png)',
  '![ ][a]\n\n[a]: /a.png',
  '<img src="/a.png" />',
  '<Image src={a} />',
  '<b><img src="/a.png" /></b>',
])('a picture without alternative text is told with its place: %s', async (picture) => {
  const text = await checkPage(
    `import a from './a.png'\nimport { Image } from 'astro:assets'\n\nIt is so.\n\n${picture}`,
  );
  expect(text).toMatch(
    /^MissingAlt: a picture has no alternative text\.\n {2}content\/tiny\/index\.mdx:6:\d+\n {2}hint: /,
  );
});

test.each([
  '![A tree](/a.png)',
  '![A tree][a]\n\n[a]: /a.png',
  '<img src="/a.png" alt="" />',
  '<img {...tree} />',
  '<b>A tree</b>',
])('a picture that says what it shows, or that it shows nothing, is fine: %s', async (picture) => {
  expect(await checkPage(`export const tree = {}\n\n${picture}`)).toBe('fine');
});
