/** WCAG 1.4.10: on 320 pixels nothing but tables, figures and code needs scrolling to the side. */
import { readdirSync } from 'node:fs';
import { expect, test } from '@playwright/test';

const addresses = readdirSync('dist', { recursive: true, encoding: 'utf8' })
  .filter((file) => /(^|\/)index\.html$/.test(file))
  .map((file) => `/${file.replace(/index\.html$/, '')}`);

const widths = [320, 390];

test('no page is wider than a phone', async ({ browser, baseURL }) => {
  // Every page of the site is opened.
  test.slow();
  const page = await browser.newPage({ javaScriptEnabled: false, ...(baseURL ? { baseURL } : {}) });
  const wide: string[] = [];
  for (const address of addresses) {
    await page.goto(address);
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 });
      const found = await page.evaluate(() => document.documentElement.scrollWidth);
      if (found > width) wide.push(`${address} is ${found} wide on ${width} pixels`);
    }
  }
  expect(addresses.length).toBeGreaterThan(0);
  expect(wide).toEqual([]);
  await page.close();
});
