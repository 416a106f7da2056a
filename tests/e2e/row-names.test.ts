/** What tells the rows of a table apart, on a phone and on a wide screen. */
import { expect, type Page, test } from '@playwright/test';
import { builtPapers, resultsOf } from './built-paper.ts';

const [widest] = builtPapers
  .flatMap((paper) =>
    Object.entries(resultsOf(paper).tables).map(([table, { keys }]) => ({ paper, table, keys })),
  )
  .toSorted((a, b) => b.keys.length - a.keys.length);
const { paper, table, keys } = widest!;

test.use({ permissions: ['clipboard-read', 'clipboard-write'] });

const opened = async (page: Page, width: number) => {
  await page.setViewportSize({ width, height: 844 });
  await page.goto(`/${paper}/tables/${table}/`);
  const heads = page.locator('main tbody tr').last().locator('th');
  await page.getByText('Copy as').click();
  await page.getByRole('button', { name: 'as Markdown' }).click();
  await expect(page.getByRole('button', { name: 'as Markdown: copied' })).toBeVisible();
  return {
    names: await heads.filter({ visible: true }).allInnerTexts(),
    places: await heads.evaluateAll((cells) => cells.map((cell) => getComputedStyle(cell).position)),
    copied: await page.evaluate(() => navigator.clipboard.readText()),
  };
};

test('where several columns name a row, the one that stays in place on a phone tells all of it, once', async ({
  page,
}) => {
  test.skip(keys.length < 2, 'no paper that was built has a table with several columns of names');
  const wide = await opened(page, 1280);
  expect(wide.names).toHaveLength(keys.length);
  const phone = await opened(page, 390);
  expect(phone.names.map((name) => name.split(/\s*·\s*/))).toEqual([wide.names]);
  expect(phone.places[0]).toBe('sticky');
  // What is copied has each column, whichever the screen.
  expect(phone.copied).toBe(wide.copied);
});
