/** What this paper's page prints beyond what every page does. */
import { expect, test } from '@playwright/test';
import { builtPapers, resultsOf } from '../../../../tests/e2e/built-paper.ts';
import { independently, plain } from '../../../../tests/e2e/printed-number.ts';

const address = '/paper-54/';
/** Where the table of what training is held against stands. */
const measures = `${address}measures/`;

test.skip(!builtPapers.includes('paper-54'), 'dist holds other papers alone: `npm run build` lifts this');

/** 97.5 % quantiles of Student's t, by seeds. */
const studentQuantile: Readonly<Record<number, number>> = { 2: 12.7062, 3: 4.30265, 4: 3.18245, 5: 2.77645 };

test('the mean over seeds is printed with its interval, and each seed is a step away', async ({ page }) => {
  await page.goto(measures);
  const { rows, columns, replicates } = resultsOf('paper-54').tables['training-ladder']!;
  const table = page.locator('[data-table="training-ladder"]');
  if (!replicates) {
    await expect(page.locator('.aside.seeds')).toHaveCount(0);
    return;
  }
  const trained = rows.findIndex((row) => row['method'] === 'v1');
  const ofSeeds = replicates.map((replicate) => Number(replicate.rows[trained]?.['loss']));
  const mean = ofSeeds.reduce((sum, x) => sum + x, 0) / ofSeeds.length;
  const variance = ofSeeds.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (ofSeeds.length - 1);
  const half = studentQuantile[ofSeeds.length]! * Math.sqrt(variance / ofSeeds.length);
  const format = columns.find(({ id }) => id === 'loss')?.format;
  const printed = page.locator('[data-value="training-ladder.v1.loss.seeds.mean"]').first();
  expect(plain((await printed.textContent()) ?? '')).toBe(independently(mean, format));
  const cell = table.locator('td', { has: printed }).first();
  expect(plain((await cell.locator('.seeds').textContent()) ?? '').replace(/\s+/g, ' ')).toBe(
    `± ${independently(half, format)}`,
  );
  await table.locator('.seed-model a').click();
  const own = page.locator('#v1 [data-figures~="training-ladder.v1.loss.seed-2"]').first();
  await expect(own).toBeHidden();
  await page.getByLabel('each of the seeds').check();
  await expect(own).toBeVisible();
  expect(plain((await own.textContent()) ?? '')).toBe(independently(ofSeeds[1]!, format));
});

test('reported figures stand beside computed ones, digits as printed', async ({ page }) => {
  await page.goto(measures);
  await expect(
    page.locator('[data-table="training-ladder"] .aside.reported').filter({ hasText: '4.38' }),
  ).toBeVisible();
  await page.goto(`${address}tables/value-crescendo/`);
  await expect(page.getByText('13.70', { exact: true }).first()).toBeAttached();
});

test('formulas are rendered and none failed', async ({ page }) => {
  for (const at of [address, measures, `${address}method/`]) {
    await page.goto(at);
    expect(await page.locator('.katex').count()).toBeGreaterThan(5);
    await expect(page.locator('.katex-error')).toHaveCount(0);
  }
  await expect(page.locator('#eq-score .katex-display')).toBeVisible();
});

test('there are as many figures as the text speaks of, and what is said of each has its numbers', async ({
  page,
}) => {
  await page.goto(address);
  await expect(page.locator('[data-figure]')).toHaveCount(8);
  await page.goto(measures);
  await expect(page.locator('[data-figure]')).toHaveCount(5);
  for (const picture of await page.locator('[data-figure] [role="img"]').all()) {
    await expect(picture).toHaveAttribute('aria-label', /\d/);
  }
});

test('a wide table keeps its first column in place on a phone', async ({ browser, baseURL }) => {
  const page = await browser.newPage({
    viewport: { width: 390, height: 844 },
    ...(baseURL ? { baseURL } : {}),
  });
  await page.goto(measures);
  const wide = page.locator('[data-table="training-ladder"] .scroll').first();
  expect(await wide.evaluate((box) => box.scrollWidth > box.clientWidth)).toBe(true);
  await wide.evaluate((box) => box.scrollTo(200, 0));
  const [box, first] = [await wide.boundingBox(), await wide.locator('tbody th').first().boundingBox()];
  expect(Math.abs((first?.x ?? 0) - (box?.x ?? 99))).toBeLessThan(2);
  await page.close();
});

test('the home page names the paper and leads to it', async ({ page }) => {
  await page.goto('/');
  await page
    .getByRole('heading', { name: /Paper 54/ })
    .getByRole('link')
    .click();
  await expect(page).toHaveURL(/paper-54/);
});
