import { readdirSync, readFileSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const pages = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)index\.html$/.test(file))
  .map((file) => `/${file.replace(/index\.html$/, '')}`);

/** Addresses that the links of a page lead to, on this site. */
const linksOf = (address: string): readonly string[] =>
  [...readFileSync(`dist${address}index.html`, 'utf8').matchAll(/<a\s[^>]*href="([^"#]*)/g)].flatMap(
    ([, href = '']) => {
      const { host, pathname } = new URL(href, `http://site${address}`);
      return host === 'site' ? [pathname] : [];
    },
  );

test('every page is reached by links from the home page', () => {
  const reached = new Set(['/']);
  for (const address of reached) for (const to of linksOf(address)) if (pages.includes(to)) reached.add(to);
  expect(pages.length).toBeGreaterThan(5);
  expect(pages.filter((address) => !reached.has(address))).toEqual([]);
});
