/** Going through a table by the keyboard. */
import { expect, test } from '@playwright/test';
import { builtPapers, kindsOf } from './built-paper.ts';

const address = builtPapers.flatMap(kindsOf).find((path) => /\/tables\/./.test(path)) ?? '';

test('arrows go through the numbers of a table, a key opens their panel, and a column that is switched off holds no stop', async ({
  page,
}) => {
  await page.goto(address);
  const stop = page.locator('main table [tabindex="0"]');
  await expect(stop).toHaveCount(1);
  await stop.focus();
  const place = () =>
    page.evaluate(() => {
      const cell = document.activeElement?.closest<HTMLTableCellElement>('td, th');
      return [cell?.closest('tr')?.rowIndex, cell?.cellIndex];
    });
  const [row = 0, column = 0] = await place();
  await page.keyboard.press('ArrowRight');
  const [, right = 0] = await place();
  expect(right).toBeGreaterThan(column);
  await page.keyboard.press('ArrowDown');
  expect(await place()).toEqual([row + 1, right]);
  await expect(stop).toHaveCount(1);
  await page.keyboard.press('Enter');
  await expect(page.locator('.value-panel h2')).toBeVisible();
  await page.keyboard.press('Escape');
  // To the last number of the row, which stands in a column that can be switched, and leave it there.
  const kind = () => page.evaluate(() => document.activeElement?.closest<HTMLElement>('td')?.dataset['kind']);
  for (let at = 0; at < 40; at += 1) await page.keyboard.press('ArrowRight');
  const box = page.locator(`[data-switch="${await kind()}"]`);
  await box.uncheck();
  await expect(stop).toHaveCount(1);
  await expect(stop).toBeVisible();
});
