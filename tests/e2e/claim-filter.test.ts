/** The page of claims, of which a reader may see those of some verdicts. */
import { expect, test } from '@playwright/test';
import { builtPapers, resultsOf } from './built-paper.ts';

const paper = builtPapers.find((id) => Object.keys(resultsOf(id).claims).length > 1);
test.skip(paper === undefined, 'no built paper has two claims');
const claims = paper === undefined ? [] : Object.entries(resultsOf(paper).claims);
const [asked, { verdict } = { verdict: '' }] = claims.at(-1) ?? [''];

test('an address leads to its claim though the verdict was switched off', async ({ page }) => {
  await page.goto(`/${paper}/claims/`);
  const choice = page.locator(`[data-switch="${verdict}"]`);
  await choice.uncheck();
  const claim = page.locator(`article[id="${asked}"]`);
  await expect(claim).toBeHidden();
  await page.evaluate((id) => {
    location.hash = id;
  }, asked);
  await expect(claim).toBeInViewport();
  await expect(choice).toBeChecked();
  // A link to the address that stands there already changes none.
  await choice.uncheck();
  await page.evaluate((id) => {
    const link = Object.assign(document.createElement('a'), { href: `#${id}`, textContent: 'again' });
    document.querySelector('main')?.prepend(link);
  }, asked);
  await page.getByRole('link', { name: 'again', exact: true }).click();
  await expect(claim).toBeInViewport();
  await expect(choice).toBeChecked();
});

test('how many claims are shown is told as verdicts are switched off and on', async ({ page }) => {
  await page.goto(`/${paper}/claims/`);
  const status = page.locator('.switches').getByRole('status');
  await expect(status).toBeEmpty();
  const choice = page.locator(`[data-switch="${verdict}"]`);
  await choice.uncheck();
  const left = claims.filter(([, of]) => of.verdict !== verdict).length;
  await expect(status).toHaveText(`${left} of ${claims.length} claims shown`);
  await expect(page.locator('main article:visible')).toHaveCount(left);
  await choice.check();
  await expect(status).toHaveText(`${claims.length} of ${claims.length} claims shown`);
});

test('with every verdict switched off there is a word in the place of the list', async ({ page }) => {
  await page.goto(`/${paper}/claims/`);
  const word = page.getByText('no claim is shown');
  await expect(word).toBeHidden();
  for (const choice of await page.locator('[data-switch]').all()) await choice.uncheck();
  await expect(page.locator('main article:visible')).toHaveCount(0);
  await expect(word).toBeVisible();
});
