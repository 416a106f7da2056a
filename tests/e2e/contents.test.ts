/** The contents of a paper: beside the text, or behind a button at the foot. */
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, openMarkup, pageWith } from './built-paper.ts';

for (const paper of builtPapers) {
  test(`the contents of ${paper} name every section as the text does`, async ({ page }) => {
    const describe = (nodes: readonly Element[]) =>
      nodes.map((node) => [node.getAttribute('data-number'), node.textContent?.trim()]);
    for (const address of addressesOf(paper)) {
      await openMarkup(page, address);
      const headings = await page
        .locator('article.paper > :is(h2, h3)')
        .evaluateAll(describe as (nodes: Element[]) => unknown);
      const entries = await page
        .locator('#contents > ol a')
        .evaluateAll(describe as (nodes: Element[]) => unknown);
      expect(entries, address).toEqual(headings);
    }
  });
}

const [paper = ''] = builtPapers;

test('on a wide screen the contents stand beside the text and mark where one is', async ({ page }) => {
  const long = pageWith(/(<h2.*){5}/s);
  test.skip(long === undefined, 'no page of a built paper has five sections');
  await page.setViewportSize({ width: 1440, height: 900 });
  await page.goto(long ?? '');
  await expect(page.locator('#contents')).toBeVisible();
  await expect(page.locator('.contents-button')).toBeHidden();
  const last = page.locator('#contents > ol > li > a').nth(2);
  await last.click();
  await expect(last).toHaveAttribute('aria-current', 'location');
  await expect(page.locator('#contents > ol [aria-current]')).toHaveCount(1);
  const boxes = await Promise.all([
    page.locator('#contents').boundingBox(),
    page.locator('main').boundingBox(),
  ]);
  expect((boxes[0]?.x ?? 0) + (boxes[0]?.width ?? 0)).toBeLessThanOrEqual(boxes[1]?.x ?? 0);
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(1440);
});

for (const javaScriptEnabled of [true, false]) {
  test(`on a phone a button opens the contents, ${javaScriptEnabled ? '' : 'without a script too, '}which close behind a link`, async ({
    browser,
    baseURL,
  }) => {
    const page = await browser.newPage({
      javaScriptEnabled,
      viewport: { width: 390, height: 844 },
      ...(baseURL ? { baseURL } : {}),
    });
    await page.goto(`/${paper}/`);
    const contents = page.locator('#contents');
    await expect(contents).toBeHidden();
    const button = page.locator('.contents-button:visible');
    await button.click();
    await expect(contents).toBeVisible();
    await contents.locator('a').nth(1).click();
    await expect(contents).toBeHidden();
    const scrolled = () => page.evaluate(() => scrollY);
    const before = await scrolled();
    expect(before).toBeGreaterThan(0);
    if (javaScriptEnabled) return;
    await button.click();
    await page.getByRole('link', { name: 'Close' }).click();
    await expect(contents).toBeHidden();
    expect(await scrolled()).toBe(before);
    await page.close();
  });
}
