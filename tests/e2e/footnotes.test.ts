/** Where a note of the text stands. */
import { expect, test } from '@playwright/test';
import { addressesOf, builtPapers, openMarkup } from './built-paper.ts';

test('a note stands in the margin where there is one, and at the end of the page on a phone', async ({
  page,
}) => {
  const addresses = builtPapers.flatMap(addressesOf);
  const noted: string[] = [];
  for (const address of addresses) {
    await openMarkup(page, address);
    if ((await page.locator('.sidenote').count()) > 0) noted.push(address);
  }
  test.skip(noted.length === 0, 'no page of a built paper has a note');
  for (const address of noted) {
    await page.setViewportSize({ width: 1280, height: 900 });
    await page.goto(address);
    const [beside, atEnd] = [page.locator('.sidenote').first(), page.locator('.footnotes')];
    await expect(beside).toBeVisible();
    await expect(atEnd).toBeHidden();
    const mark = page.locator('[data-footnote-ref]').first();
    const [note, text, line] = await Promise.all([
      beside.boundingBox(),
      page.locator('article.paper > p').first().boundingBox(),
      mark.boundingBox(),
    ]);
    expect(note?.x ?? 0).toBeGreaterThanOrEqual((text?.x ?? 0) + (text?.width ?? 0));
    expect((note?.x ?? 0) + (note?.width ?? 0)).toBeLessThanOrEqual(1280);
    // Beside the block that refers to it.
    expect(Math.abs((note?.y ?? 0) - (line?.y ?? 0))).toBeLessThan(200);

    await page.setViewportSize({ width: 390, height: 844 });
    await expect(beside).toBeHidden();
    await expect(atEnd).toBeVisible();
    const forFinger = await mark.boundingBox();
    expect(Math.min(forFinger?.width ?? 0, forFinger?.height ?? 0)).toBeGreaterThanOrEqual(24);
    await mark.click();
    await expect(atEnd.locator('li').first()).toBeInViewport();
  }
});
